"""What partners tell the apps above them, which they may not import."""

from django.dispatch import Signal

partner_reopened = Signal()  # sender: Partner; partner: the row, open again, in the transaction that opened it
asking_for_the_toolkit = Signal()  # sender: None; the receiver returns the page that holds the toolkit, if it is there
provisioning = Signal()  # sender: None; receivers bring what is theirs up to date and return a sentence for each change
