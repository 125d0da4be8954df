"""Addresses of the work desk's own pages."""

from django.urls import path

from jishiyu.doors.desk.work import assigning, batches, filters, lists

urlpatterns = [
    path("", lists.work, name="work_list"),
    path("batches/preview/", batches.preview, name="work_preview"),
    path("batches/", batches.begin, name="work_begin"),
    path("batches/<uuid:work_id>/", batches.batch, name="work_batch"),
    path("batches/<uuid:work_id>/go-on/", batches.go_on, name="work_go_on"),
    path("batches/<uuid:work_id>/back/", batches.back, name="work_batch_back"),
    path("filters/<str:of>/", filters.save, name="work_filter_save"),
    path("filter/<uuid:filter_id>/use/", filters.use, name="work_filter_use"),
    path("filter/<uuid:filter_id>/remove/", filters.remove, name="work_filter_remove"),
    path("handover/", assigning.hand_over, name="work_handover"),
    path("handover/<uuid:handover_id>/back/", assigning.hand_back, name="work_hand_back"),
    path("cases/<uuid:case_id>/take-on/", assigning.take_on, name="work_take_on"),
    path("cases/<uuid:case_id>/let-go/", assigning.let_go, name="work_let_go"),
    path("cases/<uuid:case_id>/take-back/", assigning.undo, name="work_take_back"),
]
