"""Addresses of a family's private pages. None says what it leads to."""

from django.urls import path

from hub.stories.family.views import answering, code, first_day, in_the_room, language, pictures, words

urlpatterns = [
    path("", code.code, name="yours_code"),
    path("<str:key>/", answering.start, name="yours"),
    path("<str:key>/read/", answering.read, name="yours_read"),
    path("<str:key>/picture/<str:name>", pictures.picture, name="yours_picture"),
    path("<str:key>/question/<slug:name>/", answering.question, name="yours_question"),
    path("<str:key>/check/", answering.check, name="yours_check"),
    path("<str:key>/answered/", answering.answered, name="yours_answered"),
    path("<str:key>/give-back/", in_the_room.give_back, name="yours_give_back"),
    path("<str:key>/language/", language.language, name="yours_language"),
    path("<str:key>/done/", words.done, name="yours_done"),
    path("<str:key>/my-answers.pdf", words.receipt, {"kind": "pdf"}, name="yours_pdf"),
    path("<str:key>/my-answers.json", words.receipt, {"kind": "json"}, name="yours_json"),
    path("<str:key>/words/", words.words, name="yours_words"),
    path("<str:key>/words/wish/", words.wish, name="yours_wish"),
    path("<str:key>/words/first-day/", first_day.first_day, name="yours_first_day"),
    path("<str:key>/words/<slug:name>/", words.act, name="yours_act"),
    path("<str:key>/words/<slug:name>/done/", words.after, name="yours_after"),
    path("<str:key>/words/<slug:name>/<slug:use>/", words.act_on_one, name="yours_one"),
]
