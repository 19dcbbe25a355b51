-- What the reports of a unit say tells the policy of each figure too, so that what is accumulated from them keeps it.
drop function if exists said_of_unit(text, int, text);
drop function if exists agreements_then(text[], int, timestamptz);
