from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "bouquet.toolkit.page_cache"
    label = "page_cache"
