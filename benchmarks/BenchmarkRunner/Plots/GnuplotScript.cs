using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner.Plots;

/// <summary>Writes the plot as a script of gnuplot, its data included.</summary>
public static class GnuplotScript
{
    private const string Colours = "#0072b2 #d55e00 #009e73 #cc79a7 #e69f00 #56b4e9 #999933 #882255";

    /// <summary>The script; null when no panel has a line.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="picture">The PNG file to write.</param>
    public static string? Create(IReadOnlyList<Row> rows, string picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        PlotPanel[] panels = [.. PlotPanel.All.Where(panel => panel.Lines(rows).Count > 0)];
        if (panels.Length == 0)
        {
            return null;
        }

        string[] subjects =
            [.. panels.SelectMany(panel => panel.Lines(rows)).Select(line => line.Subject).Distinct(StringComparer.Ordinal)];
        int lines = (panels.Length + 1) / 2;
        var script = new StringBuilder();
        script.AppendLine(CultureInfo.InvariantCulture, $"set terminal pngcairo size 1700,{(600 * lines) + 50} font 'DejaVu Sans,13' noenhanced");
        script.AppendLine(CultureInfo.InvariantCulture, $"set output {Quote(picture)}");
        script.AppendLine(
            """
            set logscale x 2
            set logscale y 10
            set xrange [5:110000]
            set xtics ('8 B' 8, '64 B' 64, '1 KiB' 1024, '64 KiB' 65536)
            set xlabel 'message length (logarithmic; points are medians, bars the least and the most)'
            set grid xtics ytics mytics linecolor '#d8d8d8'
            set key outside right top vertical Left reverse samplen 2 spacing 1.15
            set format y '%.10g'
            set bars 0.4
            """);
        script.AppendLine(CultureInfo.InvariantCulture, $"set multiplot layout {lines},{Math.Min(panels.Length, 2)} title 'VirtIOBus and its peers'");
        for (int i = 0; i < panels.Length; i++)
        {
            Add(script, panels[i], $"$panel{i}", rows, subjects);
        }

        script.AppendLine("unset multiplot");
        return script.ToString();
    }

    private static void Add(StringBuilder script, PlotPanel panel, string block, IReadOnlyList<Row> rows, string[] subjects)
    {
        string[] colours = Colours.Split(' ');
        List<string> curves = [];
        foreach ((string subject, Row[] points) in panel.Lines(rows))
        {
            // A subject looks the same in every panel.
            int index = Array.IndexOf(subjects, subject);
            string data = $"{block}_{curves.Count}";
            script.AppendLine(CultureInfo.InvariantCulture, $"{data} << END");
            foreach (Row point in points)
            {
                script.AppendLine(CultureInfo.InvariantCulture, $"{point.Bytes} {point.Median} {point.Min} {point.Max}");
            }

            script.AppendLine("END");
            curves.Add(
                $"{data} using 1:2:3:4 with yerrorlines title {Quote(subject)} linewidth {(subject is "bus" ? 3 : 1.5)} "
                + $"pointtype {index + 4} pointsize 1.1 linecolor '{colours[index % colours.Length]}'");
        }

        foreach ((string subject, double value) in panel.Floors(rows))
        {
            string style = subject == "flag" ? "linecolor 'black' dashtype 2" : "linecolor 'gray40' dashtype 3";
            curves.Add(string.Create(CultureInfo.InvariantCulture, $"{value} with lines linewidth 2 {style} title {Quote($"floor ({subject})")}"));
        }

        script.AppendLine(CultureInfo.InvariantCulture, $"set title {Quote(panel.Title)}");
        script.AppendLine(CultureInfo.InvariantCulture, $"set ylabel {Quote(panel.Label)}");
        script.AppendLine(CultureInfo.InvariantCulture, $"plot {string.Join(", \\\n     ", curves)}");
    }

    /// <summary>A text as gnuplot takes it between single quotes.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
