namespace Kinerja.Domain;

/// <summary>The three levels of KPU's offices.</summary>
public enum OfficeLevel
{
    Ri,
    Provinsi,
    KabupatenKota,
}
