using NpgsqlTypes;

namespace Kinerja.Api;

/// <summary>A table as it is written to: its columns with their types as SQL names them, in the order of the values of
/// a row.</summary>
internal sealed class Table
{
    public Table(string name, string columns)
    {
        Name = name;
        Columns = [.. columns.Split(',', StringSplitOptions.TrimEntries).Select(column => column.Split(' '))
            .Select(words => (words[0], TypeOf(words[1])))];
        ColumnNames = string.Join(", ", Columns.Select(column => column.Name));
        Insert = $"insert into {name} ({ColumnNames}) values ({string.Join(", ", Columns.Select((_, i) => $"${i + 1}"))})";
    }

    public string Name { get; }

    public IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns { get; }

    public string ColumnNames { get; }

    /// <summary>The statement that inserts one row.</summary>
    public string Insert { get; }

    private static NpgsqlDbType TypeOf(string word) => word switch
    {
        "text" => NpgsqlDbType.Text,
        "text[]" => NpgsqlDbType.Array | NpgsqlDbType.Text,
        "int" => NpgsqlDbType.Integer,
        "boolean" => NpgsqlDbType.Boolean,
        "date" => NpgsqlDbType.Date,
        "timestamptz" => NpgsqlDbType.TimestampTz,
        "jsonb" => NpgsqlDbType.Jsonb,
        _ => throw new ArgumentException($"No column has the type {word}.", nameof(word)),
    };
}

/// <summary>A row as a document makes it, before it is written: one by one in a transaction, or many in a stream.</summary>
internal sealed record Row(Table Table, params object?[] Values)
{
    /// <summary>The statement that inserts it; <paramref name="then"/> says what else.</summary>
    public Sql Insert(string then = "") => new($"{Table.Insert} {then}", [.. Parameters]);

    /// <summary>The values as parameters of their columns' types.</summary>
    public IEnumerable<Npgsql.NpgsqlParameter> Parameters => Table.Columns.Zip(Values, (column, value) =>
        new Npgsql.NpgsqlParameter { NpgsqlDbType = column.Type, Value = value ?? DBNull.Value });
}
