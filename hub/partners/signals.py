"""What partners tell the apps above them, which they may not import."""

from django.dispatch import Signal

partner_reopened = Signal()  # sender: Partner; partner: the row, open again, in the transaction that opened it
