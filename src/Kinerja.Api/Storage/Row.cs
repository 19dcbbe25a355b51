using Npgsql;
using NpgsqlTypes;

namespace Kinerja.Api;

/// <summary>A table as it is written to: its columns with their types as SQL names them, in the order of the values of
/// a row.</summary>
internal sealed class Table
{
    public Table(string name, string columns)
    {
        Name = name;
        var words = columns.Split(',', StringSplitOptions.TrimEntries).Select(column => column.Split(' ')).ToList();
        Columns = [.. words.Select(column => (column[0], TypeOf(column[1])))];
        ColumnNames = string.Join(", ", Columns.Select(column => column.Name));
        Insert = $"insert into {name} ({ColumnNames}) values ({string.Join(", ", words.Select((_, i) => $"${i + 1}"))})";
        InsertMany = $"insert into {name} ({ColumnNames}) select * from unnest("
            + string.Join(", ", words.Select((column, i) => $"${i + 1}::{column[1]}[]")) + ")";
    }

    public string Name { get; }

    public IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns { get; }

    public string ColumnNames { get; }

    /// <summary>The statement that inserts one row.</summary>
    public string Insert { get; }

    /// <summary>The statement that inserts many rows, each column an array; not for columns that are arrays themselves.</summary>
    public string InsertMany { get; }

    private static NpgsqlDbType TypeOf(string word) => word switch
    {
        "text" => NpgsqlDbType.Text,
        "text[]" => NpgsqlDbType.Array | NpgsqlDbType.Text,
        "int" => NpgsqlDbType.Integer,
        "bigint" => NpgsqlDbType.Bigint,
        "boolean" => NpgsqlDbType.Boolean,
        "date" => NpgsqlDbType.Date,
        "timestamptz" => NpgsqlDbType.TimestampTz,
        "jsonb" => NpgsqlDbType.Jsonb,
        _ => throw new ArgumentException($"No column has the type {word}.", nameof(word)),
    };
}

/// <summary>A row as a document makes it, before it is written: alone, with others in one statement, or many in a stream.</summary>
internal sealed record Row(Table Table, params object?[] Values)
{
    /// <summary>The value of a column.</summary>
    public object? this[string column] => Values[Table.Columns.TakeWhile(one => one.Name != column).Count()];

    /// <summary>The statement that inserts it; <paramref name="then"/> says what else.</summary>
    public Sql Insert(string then = "") => new($"{Table.Insert} {then}", [.. Parameters]);

    /// <summary>The statement that inserts rows of one table.</summary>
    public static Sql Insert(IReadOnlyList<Row> rows) => new(rows[0].Table.InsertMany, [.. rows[0].Table.Columns.Select((column, i) =>
        new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | column.Type, Value = Array(column.Type, rows, i) })]);

    /// <summary>The values as parameters of their columns' types.</summary>
    public IEnumerable<NpgsqlParameter> Parameters => Table.Columns.Zip(Values, (column, value) =>
        new NpgsqlParameter { NpgsqlDbType = column.Type, Value = value ?? DBNull.Value });

    private static object Array(NpgsqlDbType type, IReadOnlyList<Row> rows, int column) => type switch
    {
        NpgsqlDbType.Text => Column<string?>(rows, column),
        NpgsqlDbType.Integer => Column<int?>(rows, column),
        NpgsqlDbType.Bigint => Column<long?>(rows, column),
        NpgsqlDbType.Boolean => Column<bool?>(rows, column),
        NpgsqlDbType.Date => Column<DateOnly?>(rows, column),
        NpgsqlDbType.TimestampTz => Column<DateTimeOffset?>(rows, column),
        NpgsqlDbType.Jsonb => Column<byte[]?>(rows, column),
        _ => throw new ArgumentException($"Many rows cannot be written with a column of {type}.", nameof(type)),
    };

    private static T[] Column<T>(IReadOnlyList<Row> rows, int column)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (T)rows[i].Values[column]!;
        }

        return values;
    }
}
