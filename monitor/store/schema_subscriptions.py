"""What several topics and subscriptions change in the tables of ``monitor.store.schema``.

SQLite cannot change a key: a table with another one is made anew beside the former one.
"""

from __future__ import annotations

TOPICS = """
-- A topic that articles were scored for. Scores used to bear its name: opening a watch gives
-- such a topic its key (Topics.sync_topics).
CREATE TABLE topics (
    key TEXT PRIMARY KEY,        -- stem of the topic's file
    name TEXT NOT NULL           -- as the file gives it
) STRICT, WITHOUT ROWID;
INSERT INTO topics (key, name) SELECT DISTINCT topic, topic FROM scores;

DROP VIEW cards;
ALTER TABLE scores RENAME TO former_scores;
DROP INDEX scores_flagged;

-- What each topic makes of an article's current text. No row: it was not scored for the topic.
CREATE TABLE scores (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    topic TEXT NOT NULL,
    label TEXT NOT NULL CHECK (label IN ('main', 'part', 'none')),
    value REAL NOT NULL,
    reasons TEXT NOT NULL,       -- JSON array of monitor.items.Reason, strongest first
    shortfall TEXT,              -- JSON of monitor.items.Shortfall; NULL: flagged, nothing found,
                                 -- or read before it was known
    flagged_at TEXT CHECK ((flagged_at IS NULL) = (label = 'none')), -- when it became a story
    leads INTEGER NOT NULL,      -- 1: of the article's scores the one to tell (items.rank_of)
    PRIMARY KEY (article_id, topic)
) STRICT;
INSERT INTO scores SELECT article_id, topic, label, value, reasons, shortfall, flagged_at, 1
FROM former_scores;
DROP TABLE former_scores;
-- stories_since, checked, latest: the few that are flagged.
CREATE INDEX scores_flagged ON scores (flagged_at) WHERE flagged_at IS NOT NULL;
-- cards: one row an article.
CREATE UNIQUE INDEX scores_leading ON scores (article_id) WHERE leads;

-- An article as one topic sees it.
CREATE VIEW topic_cards AS SELECT
    articles.id, articles.source, sources.name AS paper, articles.url, articles.title,
    articles.sapo, articles.body, articles.published_at, articles.has_time,
    articles.is_date_disputed, articles.found_at,
    coalesce(articles.published_at, articles.found_at) AS dated_at,
    articles.original_source, articles.digest,
    scores.topic, scores.label, scores.value, scores.reasons, scores.flagged_at, scores.leads,
    places.province, places.province_then, places.unit,
    places.district, places.today, places.candidates, places.code, places.named
FROM articles
JOIN sources ON sources.key = articles.source
JOIN scores ON scores.article_id = articles.id
JOIN places ON places.article_id = articles.id;
-- An article as a list shows it, once.
CREATE VIEW cards AS SELECT * FROM topic_cards WHERE leads;

ALTER TABLE marks RENAME TO former_marks;
-- What a reader says of an article's flag for a topic; the last word counts.
CREATE TABLE marks (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    topic TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
    label TEXT NOT NULL CHECK (label IN ('main', 'part', 'none')), -- what was judged
    note TEXT,                   -- NULL: none
    marked_at TEXT NOT NULL,
    PRIMARY KEY (article_id, topic)
) STRICT, WITHOUT ROWID;
INSERT INTO marks
SELECT article_id, scores.topic, verdict, former_marks.label, note, marked_at
FROM former_marks JOIN scores USING (article_id);
DROP TABLE former_marks;
"""

SUBSCRIPTIONS = """
-- A subscription that was ever configured.
CREATE TABLE subscriptions (
    name TEXT PRIMARY KEY,
    began_at TEXT                -- where its first window begins; NULL: with the watch
) STRICT, WITHOUT ROWID;

ALTER TABLE digests RENAME TO former_digests;
ALTER TABLE digest_stories RENAME TO former_digest_stories;
ALTER TABLE deliveries RENAME TO former_deliveries;
DROP INDEX deliveries_by_state;

-- A subscription's digest as it was decided; what is sent is rendered from content alone.
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    subscription TEXT NOT NULL,
    edition TEXT NOT NULL CHECK (edition IN ('daily', 'weekly', 'monthly')),
    day TEXT NOT NULL,           -- local day of its slot, YYYY-MM-DD
    since_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    content TEXT NOT NULL,       -- JSON of monitor.items.Digest
    UNIQUE (subscription, edition, day)
) STRICT;
INSERT INTO digests SELECT id, 'default', 'daily', day, since_at, until_at, recorded_at, content
FROM former_digests;

-- The articles that a digest tells of, copies of its stories included.
CREATE TABLE digest_stories (
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    told_to TEXT,                -- the subscription, where the digest is daily: there a story
                                 -- stands once; NULL: weekly or monthly
    PRIMARY KEY (digest_id, article_id),
    UNIQUE (told_to, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO digest_stories SELECT digest_id, article_id, 'default' FROM former_digest_stories;
-- article, due_revisits: whether anybody was told of it.
CREATE INDEX digest_stories_by_article ON digest_stories (article_id);

-- One digest to one recipient by one channel.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'handing-over', 'sent', 'refused', 'unclear')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,            -- NULL: at once while waiting, else never
    parts_done INTEGER NOT NULL DEFAULT 0,
    error TEXT,                  -- NULL: the last try had none
    doubt TEXT,                  -- which part may not have arrived, and why; NULL: none
    sent_at TEXT,                -- NULL: not sent
    UNIQUE (digest_id, channel, recipient)
) STRICT;
INSERT INTO deliveries SELECT * FROM former_deliveries;
-- due_deliveries, deliveries: what is not settled, few among many that are sent.
CREATE INDEX deliveries_by_state ON deliveries (state, next_try_at);

DROP TABLE former_deliveries;
DROP TABLE former_digest_stories;
DROP TABLE former_digests;
"""
