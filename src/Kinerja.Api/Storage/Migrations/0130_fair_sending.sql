-- Deliveries are taken by turns of the offices: see claim_deliveries, which is told how many one office may have under way.
drop function if exists claim_deliveries(timestamptz, timestamptz, int, int);
