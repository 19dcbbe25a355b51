namespace Kinerja.Domain;

/// <summary>The level of the unit whose head makes an agreement. Capaian of different levels is never mixed.</summary>
public enum AgreementLevel
{
    Ketua,
    Sekretaris,
    Deputi,
    Biro,
    Bagian,
    Subbagian,
}
