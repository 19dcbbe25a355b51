using System.Globalization;
using System.Text;

namespace Kinerja.Benchmarks;

/// <summary>The ratios of throughput as a small SVG: a dot with its interval, and the goal as a mark.</summary>
internal static class Chart
{
    private const int Left = 190;
    private const int Width = 420;
    private const int Height = 26;
    private const double Most = 1.25;

    public static string Of(IReadOnlyList<(string Name, Measurement Measurement)> rows)
    {
        var svg = new StringBuilder();
        var bottom = 40 + Height * rows.Count;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Left + Width + 90}" height="{bottom + 30}" font-family="sans-serif" font-size="12">""");
        Add($"""<rect width="100%" height="100%" fill="white"/><text x="10" y="20" font-weight="bold">Throughput of the API / bare twin, 95 % interval</text>""");
        for (var tick = 0; tick <= 5; tick++)
        {
            var at = X(tick * 0.25);
            Add($"""<line x1="{at}" y1="32" x2="{at}" y2="{bottom}" stroke="#ddd"/><text x="{at}" y="{bottom + 16}" text-anchor="middle">{tick * 0.25:0.00}</text>""");
        }

        for (var i = 0; i < rows.Count; i++)
        {
            var (y, ratio) = (50 + Height * i, rows[i].Measurement.Ratio(run => run.Throughput));
            Add($"""<text x="10" y="{y + 4}">{rows[i].Name}</text>""");
            Add($"""<line x1="{X(rows[i].Measurement.Target)}" y1="{y - 9}" x2="{X(rows[i].Measurement.Target)}" y2="{y + 9}" stroke="#c60" stroke-width="2"/>""");
            Add($"""<line x1="{X(ratio.Low)}" y1="{y}" x2="{X(ratio.High)}" y2="{y}" stroke="#246" stroke-width="3"/>""");
            Add($"""<circle cx="{X(ratio.Middle)}" cy="{y}" r="5" fill="#246"/><text x="{Left + Width + 12}" y="{y + 4}">{ratio.Middle:0.00}</text>""");
        }

        return svg.Append("</svg>\n").ToString();

        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static double X(double ratio) => Math.Round(Left + Width * Math.Min(ratio, Most) / Most, 1);
}
