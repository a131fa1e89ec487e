"""An empty database has the place where modules go: the site's root and /curriculum/."""

import uuid

from django.db import migrations
from django.utils import timezone


def make_index(apps, schema_editor):
    site = apps.get_model("wagtailcore.Site").objects.filter(is_default_site=True).first()
    index = apps.get_model("curriculum.CurriculumIndexPage")
    if site is None or index.objects.exists():
        return
    pages = apps.get_model("wagtailcore.Page").objects
    pages.filter(pk=site.root_page_id).update(title="Bothways", draft_title="Bothways")
    root = pages.get(pk=site.root_page_id)
    if pages.filter(path__startswith=root.path, depth=root.depth + 1).exists():
        return
    kind, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="curriculum", model="curriculumindexpage"
    )
    now = timezone.now()
    index.objects.create(
        title="Modules",
        draft_title="Modules",
        slug="curriculum",
        content_type=kind,
        locale_id=root.locale_id,
        translation_key=uuid.uuid4(),
        path=root.path + "0001",
        depth=root.depth + 1,
        numchild=0,
        url_path=f"{root.url_path}curriculum/",
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    pages.filter(pk=root.pk).update(numchild=1)


def remove_index(apps, schema_editor):
    pages = apps.get_model("wagtailcore.Page").objects
    for page in apps.get_model("curriculum.CurriculumIndexPage").objects.filter(numchild=0):
        parent = page.path[:-4]
        page.delete()
        pages.filter(path=parent).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_index, remove_index)]
