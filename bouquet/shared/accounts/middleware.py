from django.contrib.sessions.middleware import SessionMiddleware


class NetworkSessionMiddleware(SessionMiddleware):
    """To come: the cookie's domain follows the host."""


class CrossingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
