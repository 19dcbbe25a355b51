-- What the owner makes is not everybody's to call, now and later: functions are for the service's role alone, procedures for nobody.
alter default privileges revoke execute on routines from public;
alter default privileges grant execute on functions to kinerja_app;
revoke execute on all routines in schema public from public;
grant execute on all functions in schema public to kinerja_app;
revoke execute on procedure protect(text, text, boolean, text) from kinerja_app;
