using System.Text;

namespace Kinerja.Api;

/// <summary>
/// What every code says, in Indonesian and in English. Codes are the contract and never change; these words may. A name
/// in braces is filled in from the problem.
/// </summary>
internal static class Texts
{
    private static readonly Dictionary<int, (string Id, string En)> Titles = new()
    {
        [200] = ("Berhasil", "Done"),
        [201] = ("Dibuat", "Created"),
        [202] = ("Diterima", "Accepted"),
        [304] = ("Tidak berubah", "Not modified"),
        [400] = ("Permintaan tidak sesuai bentuk", "The request is not of the stated form"),
        [401] = ("Belum masuk", "Not authenticated"),
        [403] = ("Tidak berwenang", "Not allowed"),
        [404] = ("Tidak ditemukan", "Not found"),
        [405] = ("Metode tidak tersedia", "No such method"),
        [409] = ("Bertentangan dengan keadaan dokumen", "In conflict with the state of the document"),
        [412] = ("Versi sudah berganti", "The version has moved on"),
        [413] = ("Isi terlalu besar", "The body is too large"),
        [415] = ("Jenis isi tidak didukung", "Not a supported kind of body"),
        [422] = ("Aturan dilanggar", "A rule is broken"),
        [428] = ("If-Match diperlukan", "If-Match is required"),
        [429] = ("Terlalu banyak permintaan", "Too many requests"),
        [500] = ("Kesalahan pada layanan", "A fault of the service"),
        [503] = ("Layanan sedang tidak tersedia", "The service is unavailable"),
    };

    private static readonly Dictionary<string, (string Id, string En)> Words = new(StringComparer.Ordinal)
    {
        // The request itself.
        ["malformed-request"] = ("Permintaan tidak sesuai dengan kontrak; setiap kesalahan disebut di errors.", "The request is not as the contract states; each fault is named in errors."),
        ["malformed-json"] = ("Di tempat ini teks bukan JSON yang sah. Pecahan ditulis dengan titik: 87.5, bukan 87,5.", "At this place the text is not valid JSON. Decimals are written with a point: 87.5, not 87,5."),
        ["unknown-member"] = ("Anggota ini tidak dikenal.", "This member is not known."),
        ["missing-member"] = ("Anggota ini wajib ada.", "This member is required."),
        ["null-member"] = ("Anggota ini tidak boleh null.", "This member may not be null."),
        ["duplicate-member"] = ("Anggota ini ditulis dua kali.", "This member is given twice."),
        ["wrong-type"] = ("Yang diharapkan: {expected}.", "Expected: {expected}."),
        ["unknown-word"] = ("Pilihan yang ada: {allowed}.", "One of: {allowed}."),
        ["out-of-range"] = ("Nilai harus antara {low} dan {high}.", "The value must lie between {low} and {high}."),
        ["bad-length"] = ("Panjang teks harus antara {low} dan {high} karakter.", "The text must have {low} to {high} characters."),
        ["bad-count"] = ("Jumlah butir harus antara {low} dan {high}.", "There must be {low} to {high} items."),
        ["bad-format"] = ("Bentuk yang diharapkan: {pattern}.", "Expected form: {pattern}."),
        ["bad-character"] = ("Teks memuat karakter yang tidak dapat disimpan.", "The text holds a character that cannot be stored."),
        ["unknown-parameter"] = ("Parameter {parameter} tidak dikenal. Yang dikenal: {known}.", "The parameter {parameter} is not known. Known: {known}."),
        ["doubled-parameter"] = ("Parameter {parameter} ditulis lebih dari sekali.", "The parameter {parameter} is given more than once."),
        ["missing-parameter"] = ("Parameter {parameter} wajib ada: {expected}.", "The parameter {parameter} is required: {expected}."),
        ["bad-parameter"] = ("Parameter {parameter} tidak terbaca. Yang diharapkan: {expected}.", "The parameter {parameter} cannot be read. Expected: {expected}."),
        ["unknown-field"] = ("Tidak ada anggota {field}.", "There is no member {field}."),
        ["bad-years"] = ("Tahun pertama tidak boleh sesudah tahun terakhir, dan paling banyak {most} tahun berdampingan.", "The first year must not come after the last, and there are at most {most} years side by side."),
        ["bad-page-size"] = ("pageSize harus bilangan 1 sampai {most}.", "pageSize must be a number from 1 to {most}."),
        ["bad-page-token"] = ("pageToken bukan milik daftar dan saringan ini.", "The pageToken does not belong to this list and these filters."),
        ["not-json"] = ("Isi harus application/json.", "The body must be application/json."),
        ["body-too-large"] = ("Isi melebihi 1 MB.", "The body is larger than 1 MB."),
        ["method-not-allowed"] = ("Metode ini tidak tersedia di alamat ini.", "This method is not available at this address."),
        ["if-match-required"] = ("Kirim If-Match dengan ETag dari versi yang Anda lihat.", "Send If-Match with the ETag of the version you saw."),
        ["idempotency-key-required"] = ("Kirim Idempotency-Key: kunci Anda sendiri untuk satu akibat ini.", "Send an Idempotency-Key: a key of your own for this one effect."),
        ["idempotency-key-too-long"] = ("Idempotency-Key paling panjang {limit} karakter.", "An Idempotency-Key has at most {limit} characters."),
        ["key-reused"] = ("Kunci ini sudah dipakai dengan isi yang lain.", "This key was used with another body."),
        ["too-many-requests"] = ("Kuota permintaan menit ini habis; Retry-After menyebut berapa detik lagi, RateLimit menyebut kuota yang mana.", "The quota of requests of this minute is used up; Retry-After says for how many seconds, RateLimit which quota."),
        ["key-in-flight"] = ("Permintaan dengan kunci ini sedang dikerjakan; coba lagi sebentar lagi.", "A request with this key is being worked on; try again shortly."),

        // Who may.
        ["not-authenticated"] = ("Sertakan token akses: Authorization: Bearer ….", "Send an access token: Authorization: Bearer …."),
        ["token-invalid"] = ("Token tidak berlaku: kedaluwarsa, dicabut, atau bukan untuk layanan ini.", "The token is not active: expired, revoked, or not for this service."),
        ["forbidden"] = ("Anda tidak berwenang.", "You are not allowed to do this."),
        ["not-found"] = ("Tidak ada, atau bukan wewenang Anda untuk melihatnya.", "There is none, or it is not yours to see."),
        ["insufficient-scope"] = ("Token ini tidak memuat cakupan layanan ini.", "The token does not have the scope of this service."),
        ["system-never-signs"] = ("Klien sistem tidak pernah melakukan {act}; perbuatan ini milik orang yang memegang jabatan.", "A system client never does {act}; acts are for the persons who hold the posts."),
        ["not-for-a-system"] = ("Jabatan {post} hanya untuk orang, bukan klien sistem.", "The post {post} is for persons, not for a system client."),
        ["only-for-a-system"] = ("Jabatan {post} hanya untuk klien sistem.", "The post {post} is for system clients only."),
        ["post-already-held"] = ("Jabatan {post} sudah dipegang pejabat definitif dalam masa itu; akhiri dulu atau angkat Plt./Plh.", "The post {post} has a definitive holder in that time; end it first, or appoint an acting one."),
        ["post-not-vacant"] = ("Plt. hanya untuk jabatan yang kosong; {post} dipegang pejabat definitif dalam masa itu. Angkat Plh. bila ia berhalangan.", "A Plt. is for a vacant post only; {post} has a definitive holder in that time. Appoint a Plh. if that holder is away."),
        ["post-has-acting-holder"] = ("Jabatan {post} dipegang seorang Plt. dalam masa itu; akhiri dulu.", "The post {post} is held by a Plt. in that time; end that first."),
        ["nobody-to-stand-in-for"] = ("Plh. menggantikan pemegang jabatan yang berhalangan; {post} tidak terisi selama seluruh masa itu. Angkat Plt. untuk jabatan yang kosong.", "A Plh. stands in for a holder who is away; {post} is not held during all of that time. Appoint a Plt. to a vacant post."),
        ["system-bound-elsewhere"] = ("Klien {subject} terikat pada satker lain dalam masa itu; satu klien untuk satu satker.", "The client {subject} is bound to another satker in that time; a client is for one satker."),
        ["only-the-end"] = ("Dari sebuah pengangkatan hanya hari akhirnya yang dapat diubah.", "Of a posting only its end can be changed."),
        ["post-not-held"] = ("Perbuatan ini memerlukan jabatan {required}; jabatan yang Anda pegang sekarang: {held}.", "This needs the post {required}; the posts you hold now: {held}."),
        ["wrong-post"] = ("Perbuatan {act} adalah wewenang {required}, bukan {given}; jabatan yang Anda pegang sekarang: {held}.", "The act {act} is for {required}, not for {given}; the posts you hold now: {held}."),
        ["same-person"] = ("Empat mata: Anda sudah melakukan {act} sebagai {post} dalam putaran ini, jadi {required} harus orang lain.", "Four eyes: you did {act} as {post} in this round, so {required} must be another person."),
        ["step-fell"] = ("Empat mata: Anda sudah melakukan {act} dalam putaran ini; langkah {post} jatuh ke {required}.", "Four eyes: you did {act} in this round; the step of {post} falls to {required}."),
        ["no-other-person"] = ("Empat mata: Anda sudah melakukan {act} sebagai {post} dalam putaran ini, dan tidak ada orang lain yang memegang {required}; angkat Plh. untuk jabatan itu.", "Four eyes: you did {act} as {post} in this round, and nobody else holds {required}; appoint a Plh. for that post."),
        ["lock-and-approve"] = ("Laporan RI untuk periode {period} tidak disetujui dan dikunci oleh orang yang sama.", "RI's own reports for {period} are not approved and locked by the same person."),
        ["unit-not-yours"] = ("Dokumen unit {unit} disiapkan oleh {required}; jabatan yang Anda pegang sekarang: {held}.", "Documents of the unit {unit} are prepared by {required}; the posts you hold now: {held}."),
        ["may-not-appoint"] = ("Pengangkatan pada {post} adalah wewenang {required}; jabatan yang Anda pegang sekarang: {held}.", "Appointing to {post} is for {required}; the posts you hold now: {held}."),

        // The state of a document.
        ["stale"] = ("Dokumen sudah berganti; versi sekarang {version}.", "The document has moved on; its version is now {version}."),
        ["no-such-act"] = ("Perbuatan {act} tidak mungkin dari keadaan {state}.", "The act {act} is not possible from the state {state}."),
        ["content-changed"] = ("Isi yang Anda lihat ({seen}) bukan isi sekarang ({now}).", "The content you saw ({seen}) is not the present one ({now})."),
        ["not-a-draft"] = ("Hanya draf yang dapat diubah; dokumen ini {state}.", "Only a draft can be changed; this document is {state}."),
        ["already-exists"] = ("Sudah ada dokumen untuk hal yang sama.", "There is a document for the same thing already."),
        ["another-document"] = ("Tahun, periode, dan unit sebuah dokumen tidak dapat diganti.", "The year, period and unit of a document cannot be changed."),
        ["reasons-required"] = ("Perbuatan ini memerlukan sedikitnya satu alasan.", "This act needs at least one reason."),
        ["one-ground"] = ("Perubahan perjanjian memerlukan tepat satu dasar.", "An amendment needs exactly one ground."),
        ["ground-not-lawful"] = ("Dasar perubahan perjanjian: {allowed}.", "The grounds of an amendment: {allowed}."),
        ["amended-by-act"] = ("Perubahan dimulai dengan perbuatan amend atas perjanjian yang berlaku.", "An amendment begins with the act amend upon the agreement in force."),
        ["amended-not-in-force"] = ("Perjanjian {agreement} yang diubah sudah tidak berlaku.", "The agreement {agreement} that is amended is no longer in force."),
        ["dated-before-amended"] = ("Tanggal {date} mendahului perjanjian yang diubah ({amended}).", "The date {date} comes before the agreement that is amended ({amended})."),
        ["period-not-open"] = ("Periode {period} baru dibuka pada {opens}.", "The period {period} opens on {opens}."),
        ["period-locked"] = ("Periode {period} sudah ditutup; laporannya terkunci.", "The period {period} is closed; its reports are locked."),
        ["period-closed-already"] = ("Periode {period} sudah ditutup dan tidak dibuka kembali.", "The period {period} is closed already, and not reopened."),
        ["period-not-closed"] = ("Periode {period} belum ditutup.", "The period {period} is not closed."),

        // The rules of values and documents.
        ["rules-broken"] = ("Ada aturan yang dilanggar; setiap pelanggaran disebut di errors.", "Rules are broken; each one is named in errors."),
        ["too-many-digits"] = ("Bilangan paling banyak 15 angka penting dan di bawah 10^15.", "A number has at most 15 significant digits and lies below 10^15."),
        ["negative-value"] = ("Nilai negatif hanya untuk indikator yang dinyatakan bertanda.", "A negative value is only for an indicator the catalogue calls signed."),
        ["value-missing"] = ("Persen memerlukan nilai atau rasio.", "A percent needs a value or a ratio."),
        ["incomplete-ratio"] = ("Rasio memerlukan pembilang dan penyebut.", "A ratio needs a numerator and a denominator."),
        ["zero-denominator"] = ("Penyebut harus lebih dari 0, kecuali 0 dari 0.", "The denominator must be above 0, except in 0 of 0."),
        ["numerator-above-denominator"] = ("Pembilang melebihi penyebut.", "The numerator is above the denominator."),
        ["percent-contradicts-ratio"] = ("Persen yang dinyatakan berselisih lebih dari 0,01 dengan rasionya sendiri.", "The stated percent is more than 0.01 away from its own ratio."),
        ["range-not-a-result"] = ("Rentang hanya untuk target.", "A range is only for a target."),
        ["range-empty"] = ("Batas bawah rentang harus di bawah batas atas.", "The lower bound of a range must be below the upper one."),
        ["unknown-grade"] = ("Predikat ini tidak ada dalam skala tahun tersebut.", "The grade is not on the scale of that year."),
        ["unknown-opinion"] = ("Opini ini tidak ada dalam skala tahun tersebut.", "The opinion is not on the scale of that year."),
        ["unknown-satker"] = ("Satker {satker} tidak dikenal.", "The satker {satker} is not known."),
        ["unknown-unit"] = ("Unit {unit} tidak ada di satker {satker}.", "There is no unit {unit} in the satker {satker}."),
        ["unknown-post"] = ("Jabatan {post} tidak ada di satker ini.", "There is no post {post} in this satker."),
        ["unknown-indicator"] = ("Indikator {indicator} tidak ada dalam katalog {year}.", "The indicator {indicator} is not in the catalogue of {year}."),
        ["year-not-open"] = ("Tahun ini belum dibuka oleh RI.", "RI has not opened this year."),
        ["bad-period"] = ("Periode ditulis 2024, 2024-S1, 2024-T3, atau 2024-B11.", "A period is written 2024, 2024-S1, 2024-T3 or 2024-B11."),
        ["period-outside-year"] = ("Periode {period} tidak terletak dalam tahun {year}.", "The period {period} does not lie in the year {year}."),
        ["due-before-opening"] = ("Hari terakhir harus pada atau sesudah hari pembukaan.", "The due day must not come before the opening."),
        ["until-before-from"] = ("Hari akhir tidak boleh sebelum hari pertama.", "The end must not come before the first day."),
        ["date-outside-year"] = ("Tanggal {date} bukan tanggal untuk perjanjian tahun {year}.", "The date {date} is not one for an agreement of {year}."),
        ["method-does-not-fit"] = ("Cara {method} tidak dapat membuat {kind} dari {source}.", "The method {method} cannot make {kind} from {source}."),
        ["duplicate-line"] = ("Baris {line} ditulis dua kali.", "The line {line} is given twice."),
        ["duplicate-budget"] = ("Anggaran {budget} ditulis dua kali.", "The budget {budget} is given twice."),
        ["carried-from-later"] = ("Nilai bawaan harus diukur sebelum tahun {year}.", "A carried-over value must have been measured before {year}."),
        ["no-agreement-in-force"] = ("Tidak ada perjanjian kinerja unit {unit} yang berlaku pada hari terakhir periode {period}.", "No agreement of the unit {unit} is in force on the last day of {period}."),
        ["line-without-entry"] = ("Baris {line} perjanjian tidak dilaporkan; nyatakan nilainya atau sebab ketiadaannya.", "The agreement's line {line} is not reported; state its value, or why there is none."),
        ["entry-without-line"] = ("Baris {line} tidak ada dalam perjanjian.", "There is no line {line} in the agreement."),
        ["indicator-differs"] = ("Indikator {entry} bukan indikator baris perjanjian itu ({agreement}).", "The indicator {entry} is not that of the agreement's line ({agreement})."),
        ["unit-missing"] = ("Indikator hitungan memerlukan satuan.", "An indicator that counts needs a unit."),
        ["source-of-another-unit"] = ("Sumber bersatuan {source}, penjumlahan memerlukan {unit}.", "The source counts {source}, the sum needs {unit}."),
        ["condition-missing"] = ("Cara ini memerlukan syarat.", "This method needs a condition."),
        ["condition-without-use"] = ("Cara ini tidak memakai syarat.", "This method uses no condition."),
        ["does-not-roll-up"] = ("Indikator ini tidak digulung ke atas pada tahun tersebut.", "This indicator does not roll up in that year."),
        ["tree-beyond-reach"] = ("Pohon pada hari itu memuat satker yang untuk tahun tersebut bukan wewenang Anda untuk membacanya; tanpa mereka angkanya lain.", "The tree of that day holds satker that are not yours to read for that year; without them the figures would be others."),
        ["took-too-long"] = ("Jawaban memerlukan waktu terlalu lama dan dihentikan; persempit pertanyaannya, atau coba lagi.", "The answer took too long and was stopped; ask for less, or try again."),
        ["nothing-below"] = ("Di bawah satker ini tidak ada satker pada hari itu.", "No satker stands below this one on that day."),
        ["root-cannot-move"] = ("RI tidak dapat dipindahkan.", "RI cannot be moved."),
        ["already-child-of"] = ("Satker {satker} sudah di bawah {parent}.", "The satker {satker} is under {parent} already."),
        ["move-makes-circle"] = ("Pemindahan {satker} ke bawah {parent} membentuk lingkaran.", "Moving {satker} under {parent} makes a circle."),
        ["level-does-not-fit"] = ("Tingkat {satker} tidak dapat di bawah {parent}.", "The level of {satker} does not fit under {parent}."),
        ["move-before-current-parent"] = ("Pemindahan harus sesudah {since}, awal induk sekarang.", "The move must come after {since}, when the present parent began."),

        // The service.
        ["unavailable"] = ("Layanan sedang tidak tersedia; coba lagi.", "The service is unavailable; try again."),
        ["fault"] = ("Terjadi kesalahan pada layanan; tidak ada yang disimpan.", "A fault of the service; nothing was stored."),

        // Marks beside a figure.
        ["zero-target-missed"] = ("Target 0 tidak tercapai: angka 0 tidak menyatakan perbandingan.", "The target of 0 was missed: the 0 stands for no proportion."),
        ["zero-target-exceeded"] = ("Target 0 terlampaui: tercapai, tanpa angka, di luar rata-rata.", "The target of 0 was exceeded: reached, without a figure, outside the mean."),
        ["range-bound-not-positive"] = ("Rentang berbatas 0 atau kurang: 100 di dalam, 0 di luar.", "A range with a bound of 0 or below: 100 inside, 0 outside."),
        ["nothing-to-do-is-done"] = ("0 dari 0: menurut katalog dihitung 100.", "0 of 0: counts as 100 by the catalogue."),
        ["index-with-percent-sign"] = ("Indeks ditulis dengan tanda persen; dihitung sebagai bilangan.", "An index stated with a percent sign; computed as its number."),
        ["units-differ"] = ("Satuan target dan realisasi berbeda.", "Target and realization count different units."),
        ["year-target"] = ("Bagian tahun diukur terhadap target setahun penuh.", "A part of the year, measured against the whole year's target."),
        ["kinds-differ"] = ("Jenis target dan realisasi tidak dapat dibandingkan.", "The kinds of target and realization cannot be compared."),
        ["target-missing"] = ("Target kosong.", "The target is blank."),
        ["target-does-not-fit-polarity"] = ("Target tidak sesuai dengan polaritas indikator.", "The target does not fit the indicator's polarity."),

        // Explanations.
        ["explain-ratio"] = ("Rasio {numerator} / {denominator} dicatat sebagai {recorded} % (dibulatkan sekali, dua desimal).", "The ratio {numerator} / {denominator} is recorded as {recorded} % (rounded once, two decimals)."),
        ["explain-maximize"] = ("Makin besar makin baik: realisasi / target × 100 = {r} / {t} × 100.", "More is better: realization / target × 100 = {r} / {t} × 100."),
        ["explain-minimize"] = ("Makin kecil makin baik: (2 × target − realisasi) / target × 100 = (2 × {t} − {r}) / {t} × 100.", "Less is better: (2 × target − realization) / target × 100 = (2 × {t} − {r}) / {t} × 100."),
        ["explain-exact"] = ("Tepat target: (1 − |realisasi − target| / target) × 100 = (1 − |{r} − {t}| / {t}) × 100.", "Exactly the target: (1 − |realization − target| / target) × 100 = (1 − |{r} − {t}| / {t}) × 100."),
        ["explain-inside-range"] = ("Realisasi {r} di dalam rentang {target}: 100.", "The realization {r} lies inside the range {target}: 100."),
        ["explain-below-range"] = ("Realisasi di bawah rentang {target}: {r} / {t} × 100.", "The realization lies below the range {target}: {r} / {t} × 100."),
        ["explain-above-range"] = ("Realisasi di atas rentang {target}: (2 × {t} − {r}) / {t} × 100.", "The realization lies above the range {target}: (2 × {t} − {r}) / {t} × 100."),
        ["explain-non-positive-range"] = ("Rentang {target} berbatas 0 atau kurang: 100 di dalam, 0 di luar.", "The range {target} has a bound of 0 or below: 100 inside, 0 outside."),
        ["explain-points"] = ("Predikat dinilai dengan poin: {realization} = {r}, {target} = {t}; {r} / {t} × 100.", "Grades count by points: {realization} = {r}, {target} = {t}; {r} / {t} × 100."),
        ["explain-zero-target"] = ("Target 0 tidak dapat membagi: tercapai 100, tidak tercapai 0.", "A target of 0 cannot divide: met 100, missed 0."),
        ["explain-rounding"] = ("Hasil {unrounded} dibulatkan sekali menjadi {raw}.", "The result {unrounded} is rounded once to {raw}."),
        ["explain-reported"] = ("Dilaporkan {reported} menurut kebijakan {policy} (batas bawah {floor}, batas atas {cap}).", "Reported as {reported} under policy {policy} (floor {floor}, cap {cap})."),
        ["explain-published"] = ("Diterbitkan {reported} sebagai ganti hasil hitungan (kebijakan {policy}, batas bawah {floor}, batas atas {cap}).", "Published as {reported} instead of the computed figure (policy {policy}, floor {floor}, cap {cap})."),
        ["explain-no-cap"] = ("tidak ada", "none"),
        ["explain-category"] = ("Kategori: {category}.", "Category: {category}."),
        ["explain-population"] = ("Diharapkan {expected} satker menurut pohon tanggal {tree}; {reported} melaporkan {source} (perjanjian tingkat {level}) dan sudah mencapai {least}; {counted} dihitung.", "By the tree of {tree}, {expected} satker are expected; {reported} report {source} (agreement level {level}) and have reached {least}; {counted} are counted."),
        ["explain-uncounted"] = ("Tidak dihitung ({count}): {why} {offices}.", "Not counted ({count}): {why} {offices}."),
        ["explain-rollup-weighted-ratio"] = ("Rasio tertimbang: jumlah pembilang / jumlah penyebut × 100 = {numerators} / {denominators} × 100.", "Weighted ratio: sum of numerators / sum of denominators × 100 = {numerators} / {denominators} × 100."),
        ["explain-rollup-sum"] = ("Jumlah dari {counted} satker: {sum}.", "Sum over {counted} satker: {sum}."),
        ["explain-rollup-mean"] = ("Rata-rata: {sum} / {counted}.", "Mean: {sum} / {counted}."),
        ["explain-rollup-worst"] = ("Yang terburuk dari {counted} satker: {value} ({satker}).", "The worst of {counted} satker: {value} ({satker})."),
        ["explain-rollup-best"] = ("Yang terbaik dari {counted} satker: {value} ({satker}).", "The best of {counted} satker: {value} ({satker})."),
        ["explain-rollup-share-meeting"] = ("Memenuhi syarat {condition}: {meeting} dari {judged} satker yang diharapkan; {meeting} / {judged} × 100. Yang tidak melapor dihitung tidak memenuhi.", "Meeting the condition {condition}: {meeting} of {judged} satker expected; {meeting} / {judged} × 100. Who does not report counts as not meeting it."),
        ["explain-rollup-count-meeting"] = ("Memenuhi syarat {condition}: {meeting} dari {judged} satker yang diharapkan.", "Meeting the condition {condition}: {meeting} of {judged} satker expected."),
        ["explain-own-target"] = ("Target {target} dari perjanjian satker ini (tingkat {level}).", "The target {target} is that of this satker's own agreement (level {level})."),
        ["explain-national-target"] = ("Target {target} adalah target nasional tahun {year}.", "The target {target} is the national one of {year}."),
        ["explain-no-target"] = ("Tidak ada target; capaian tidak dihitung.", "There is no target; no capaian is computed."),
        ["gap-not-yet-due"] = ("belum jatuh tempo:", "not yet due:"),
        ["gap-missing"] = ("belum dilaporkan:", "missing:"),
        ["gap-not-assessed"] = ("belum dinilai:", "not assessed yet:"),
        ["gap-not-applicable"] = ("tidak berlaku:", "not applicable:"),
        ["gap-without-ratio"] = ("persen tanpa rasio:", "a percent without its ratio:"),
        ["gap-other-kind"] = ("jenis nilai yang tidak dapat digabung:", "a value of a kind that does not combine:"),
        ["gap-stated-twice"] = ("dinyatakan dalam dua perjanjian:", "stated in two agreements:"),
        ["category-sangat-berhasil"] = ("Sangat Berhasil", "Sangat Berhasil (very successful)"),
        ["category-berhasil"] = ("Berhasil", "Berhasil (successful)"),
        ["category-cukup-berhasil"] = ("Cukup Berhasil", "Cukup Berhasil (fairly successful)"),
        ["category-kurang-berhasil"] = ("Kurang Berhasil", "Kurang Berhasil (less successful)"),
        ["category-tidak-berhasil"] = ("Tidak Berhasil", "Tidak Berhasil (not successful)"),
        ["absent-not-yet-due"] = ("Belum jatuh tempo.", "Not yet due."),
        ["absent-missing"] = ("Belum dilaporkan.", "Missing."),
        ["absent-not-assessed"] = ("Belum dinilai.", "Not assessed yet."),
        ["absent-not-applicable"] = ("Tidak berlaku: tidak ada yang harus dikerjakan.", "Not applicable: there was nothing to do."),
    };

    /// <summary>Every code that has words.</summary>
    public static IReadOnlyCollection<string> Codes => Words.Keys;

    public static bool Known(string code) => Words.ContainsKey(code);

    /// <summary>What a status means, the same for every problem of it.</summary>
    public static string Title(int status, string language) =>
        Titles.TryGetValue(status, out var title) ? Choose(title, language) : $"{status}";

    /// <summary>The words of a code, with the names in braces filled in.</summary>
    public static string Of(string code, string language, IReadOnlyDictionary<string, string>? parameters = null)
    {
        var text = new StringBuilder(Words.TryGetValue(code, out var words) ? Choose(words, language) : code);
        foreach (var (name, value) in parameters ?? new Dictionary<string, string>())
        {
            text.Replace($"{{{name}}}", value);
        }

        return text.ToString();
    }

    private static string Choose((string Id, string En) words, string language) =>
        language == Language.English ? words.En : words.Id;
}
