"""Addresses of the message box, its choices, and the operators' log of deliveries."""

from django.urls import path

from kawal.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.box, name="box"),
    path("<int:delivery_id>/", views.message, name="message"),
    path("tandai/", views.mark, name="mark"),
    path("pilihan/", views.choices, name="choices"),
    path("pengiriman/", views.deliveries, name="deliveries"),
    path("pengiriman/<int:delivery_id>/", views.delivery, name="delivery"),
    path("pengiriman/<int:delivery_id>/coba-lagi/", views.retry, name="retry"),
]
