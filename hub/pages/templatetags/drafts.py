"""What the editor is told about a draft as last saved. Templates ask here, so that no model knows its screens."""

from django import template

from hub.pages.admin.hints import hints_for
from hub.pages.admin.owners_said import what_owners_said

register = template.Library()
register.simple_tag(hints_for)
register.simple_tag(what_owners_said)
