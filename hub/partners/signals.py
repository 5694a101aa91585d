"""What partners tell the apps above them, which they may not import."""

from django.dispatch import Signal

partner_reopened = Signal()  # sender: Partner; partner: the row, open again, in the transaction that opened it
time_passes = Signal()  # sender: None; receivers return their jobs for `manage.py tick`, as {what it counts: job}
provisioning = Signal()  # sender: None; receivers bring what is theirs up to date and return a sentence for each change
