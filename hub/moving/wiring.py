"""Wiring only: what moving has to do every few minutes."""

from hub.moving.arriving.forgetting import forget_old_arrivals
from hub.partners import jobs


def connect() -> None:
    jobs.declare({"Old arrivals forgotten": forget_old_arrivals})
