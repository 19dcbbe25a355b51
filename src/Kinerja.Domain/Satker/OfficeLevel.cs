namespace Kinerja.Domain;

/// <summary>The three levels of KPU's offices.</summary>
public enum OfficeLevel
{
    /// <summary>The national office, one.</summary>
    Ri,

    /// <summary>A province.</summary>
    Provinsi,

    /// <summary>A kabupaten or a kota, below a province.</summary>
    KabupatenKota,
}
