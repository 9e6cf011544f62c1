-- What the role that Plone connects as needs, when it is not the owner:
--
--     psql -v ON_ERROR_STOP=1 -v role=plone -f sql/grants.sql "dbname=tracking"
--
-- Load db.sql first, as the owner, and this as the owner, too. Any number of
-- times. The role can record, read, correct and forget; it can't create or
-- change tables.

BEGIN;

SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), :'role') \gexec

GRANT SELECT ON clicktracker_schema TO :"role";

-- Rights on clicktracker_access reach its partitions, also those of months to come.
GRANT SELECT, INSERT, UPDATE, DELETE ON
    clicktracker_site,
    clicktracker_document,
    clicktracker_version,
    clicktracker_reader,
    clicktracker_reading,
    clicktracker_reading_url,
    clicktracker_access,
    clicktracker_day,
    clicktracker_page,
    clicktracker_agent,
    clicktracker_visit,
    clicktracker_view,
    clicktracker_kept,
    clicktracker_forgotten,
    clicktracker_word,
    clicktracker_sum,
    clicktracker_hit,
    clicktracker_service,
    clicktracker_event,
    clicktracker_goal,
    clicktracker_exposure,
    clicktracker_sentence,
    clicktracker_acknowledgement,
    clicktracker_change,
    clicktracker_sets,
    clicktracker_place,
    clicktracker_derived
TO :"role";

GRANT EXECUTE ON FUNCTION
    clicktracker_record(text, jsonb),
    clicktracker_passed(timestamptz, timestamptz),
    clicktracker_url_key(text),
    clicktracker_months(integer),
    logclick(text, text, text)
TO :"role";

COMMIT;
