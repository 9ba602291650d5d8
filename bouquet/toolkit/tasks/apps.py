from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "bouquet.toolkit.tasks"
    label = "tasks"
