namespace Kinerja.Domain;

/// <summary>The level of the unit whose head makes an agreement. Capaian of different levels is never mixed.</summary>
public enum AgreementLevel
{
    /// <summary>The office itself: its Ketua declares, and nobody countersigns.</summary>
    Ketua,

    /// <summary>The secretariat: the Sekretaris, at RI the Sekretaris Jenderal.</summary>
    Sekretaris,

    /// <summary>RI: a deputy or the inspector general.</summary>
    Deputi,

    /// <summary>RI: the head of a bureau.</summary>
    Biro,

    /// <summary>A province: a Kepala Bagian.</summary>
    Bagian,

    /// <summary>A province or a kabupaten/kota: a Kepala Subbagian.</summary>
    Subbagian,
}
