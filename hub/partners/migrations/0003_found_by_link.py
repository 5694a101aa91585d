"""Links each partner to the groups, the collection and the workflow that until now were found by its names."""

import django.db.models.deletion
from django.db import migrations, models


def link_what_is_there(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Collection = apps.get_model("wagtailcore", "Collection")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    PartnerGroup = apps.get_model("partners", "PartnerGroup")
    for partner in apps.get_model("partners", "Partner").objects.order_by("pk"):
        for role in ("authors", "leads"):
            group = Group.objects.filter(name=f"{partner.short_name}: {role}").first()
            if group:
                PartnerGroup.objects.create(partner=partner, role=role, group=group)
        partner.collection = Collection.objects.filter(depth=2, name=partner.name).first()
        partner.workflow = Workflow.objects.filter(name=f"{partner.short_name}: approval").first()
        partner.save()


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_names_once"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="collection",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="partner",
                to="wagtailcore.collection",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="workflow",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="partner",
                to="wagtailcore.workflow",
            ),
        ),
        migrations.CreateModel(
            name="PartnerGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("authors", "Authors"), ("leads", "Leads")], max_length=20)),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partner_link", to="auth.group"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_groups",
                        to="partners.partner",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="partnergroup",
            constraint=models.UniqueConstraint(
                models.F("partner"), models.F("role"), name="partner_role_held_by_one_group"
            ),
        ),
        migrations.RunPython(link_what_is_there, migrations.RunPython.noop, elidable=False),
    ]
