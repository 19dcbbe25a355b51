-- Reports that were taken back have given up their slot; what was held before asks for them by their period and unit.
create index document_taken_back on document (kind, satker, period, unit) where state = 'revoked';
