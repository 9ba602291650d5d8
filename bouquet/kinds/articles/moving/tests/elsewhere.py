"""Files of old places, as their programs write them."""

from __future__ import annotations

import json
from typing import Any

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title><link>{home}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>{home}</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[emma]]></wp:author_login>
<wp:author_display_name><![CDATA[Emma Roux]]></wp:author_display_name></wp:author>
"""
FOOT = "</channel></rss>"


def wxr(*items: str, home: str = "https://old.example") -> str:
    return HEAD.format(home=home) + "\n".join(items) + FOOT


def post(number: int = 1, *, home: str = "https://old.example", more: str = "", **changes: Any) -> str:
    said = {
        "title": f"Post {number}",
        "text": "<!-- wp:paragraph --><p>The ferry left before the sun.</p><!-- /wp:paragraph -->",
        "date": "2019-03-04 05:06:07",
        "status": "publish",
        "slug": f"post-{number}",
        "kind": "post",
        "excerpt": "What the night leaves.",
        "section": "Culture",
    } | changes
    return f"""<item><title><![CDATA[{said["title"]}]]></title><link>{home}/2019/03/{said["slug"]}/</link>
<dc:creator><![CDATA[emma]]></dc:creator><guid isPermaLink="false">{home}/?p={number}</guid>
<content:encoded><![CDATA[{said["text"]}]]></content:encoded><excerpt:encoded><![CDATA[{said["excerpt"]}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>{said["date"]}</wp:post_date_gmt>
<wp:post_name>{said["slug"]}</wp:post_name><wp:status>{said["status"]}</wp:status><wp:post_type>{said["kind"]}</wp:post_type>
<category domain="category" nicename="culture"><![CDATA[{said["section"]}]]></category>
<category domain="post_tag" nicename="ports"><![CDATA[Ports]]></category>{more}</item>"""


def attachment(number: int, address: str, *, alt: str = "", caption: str = "") -> str:
    return f"""<item><title>boats</title><link>{address}</link><excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>{address}</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>
</item>"""


def ghost(*posts: dict[str, Any], **more: Any) -> str:
    rows = [
        {
            "id": str(number),
            "uuid": f"u-{number}",
            "title": f"Post {number}",
            "slug": f"post-{number}",
            "html": "<p>The ferry left.</p>",
            "type": "post",
            "status": "published",
            "visibility": "public",
            "published_at": "2021-05-06T07:08:09.000Z",
        }
        | each
        for number, each in enumerate(posts, start=1)
    ]
    data = {
        "posts": rows,
        "tags": [{"id": "t1", "name": "Sea", "slug": "sea"}, {"id": "t2", "name": "Ports", "slug": "ports"}],
        "posts_tags": [
            {"post_id": "1", "tag_id": "t2", "sort_order": 1},
            {"post_id": "1", "tag_id": "t1", "sort_order": 0},
        ],
        "users": [{"id": "p1", "name": "Emma Roux", "slug": "emma", "bio": "Writes of boats."}],
        "posts_authors": [{"post_id": "1", "author_id": "p1", "sort_order": 0}],
    }
    return json.dumps({"db": [{"meta": {"version": "5.80"}, "data": data | more}]})
