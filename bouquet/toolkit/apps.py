from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "bouquet.toolkit"
    label = "toolkit"
