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
    private const string Colours = "#0072b2 #d55e00 #009e73 #cc79a7 #e69f00 #56b4e9 #999933 #882255 #332288 #aa4499 #8c564b #bcbd22 #ff7f9e";

    /// <summary>A page of text is not much wider; wider pictures are made smaller, and their letters with them.</summary>
    private const int Width = 1180;
    private const int PanelHeight = 430;
    private const int TitleHeight = 40;

    // Parts of the picture's width: two panels, each with its key at its right.
    private const double ColumnWidth = 0.5;
    private const double LeftMargin = 0.07;
    private const double PlotWidth = 0.255;
    private const double KeyDistance = 0.01;

    /// <summary>Subjects stand side by side at each length: the distance of neighbours, as a factor.</summary>
    private const double Apart = 1.09;

    /// <summary>The script; null when no panel has a line.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="picture">The SVG file to write.</param>
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
        script.AppendLine(
            CultureInfo.InvariantCulture,
            $"set terminal svg size {Width},{(PanelHeight * lines) + TitleHeight} font 'sans-serif,13' noenhanced background '#ffffff'");
        script.AppendLine(CultureInfo.InvariantCulture, $"set output {Quote(picture)}");
        script.AppendLine(
            """
            set logscale x 2
            set logscale y 10
            set xrange [5:110000]
            set xtics ('8 B' 8, '64 B' 64, '1 KiB' 1024, '64 KiB' 65536)
            set xlabel 'length of a message'
            set grid xtics ytics linetype 1 linecolor '#d8d8d8'
            set bars 0.4
            """);
        script.AppendLine(
            CultureInfo.InvariantCulture,
            $"set multiplot layout {lines},2 title 'VirtIOBus and its peers: medians, with bars from the minimum to the maximum; both axes are logarithmic'");
        for (int i = 0; i < panels.Length; i++)
        {
            Add(script, panels[i], i % 2 == 1, $"$panel{i}", rows, subjects);
        }

        script.AppendLine("unset multiplot");
        return script.ToString();
    }

    private static void Add(StringBuilder script, PlotPanel panel, bool isRight, string block, IReadOnlyList<Row> rows, string[] subjects)
    {
        string[] colours = Colours.Split(' ');
        int count = panel.Lines(rows).Count;
        List<string> curves = [];
        List<string> disturbed = [];
        foreach ((string subject, Row[] points) in panel.Lines(rows))
        {
            // A subject looks the same in every panel.
            int index = Array.IndexOf(subjects, subject);
            string data = $"{block}_{curves.Count}";
            script.AppendLine(CultureInfo.InvariantCulture, $"{data} << END");
            foreach (Row point in points)
            {
                double x = point.Bytes * Math.Pow(Apart, curves.Count - ((count - 1) / 2.0));
                script.AppendLine(CultureInfo.InvariantCulture, $"{x:0.##} {point.Median} {point.Min} {point.Max}");
                if (point.IsNeverQuiet)
                {
                    disturbed.Add(string.Create(CultureInfo.InvariantCulture, $"{x:0.##} {point.Median}"));
                }
            }

            script.AppendLine("END");
            curves.Add(
                $"{data} using 1:2:3:4 with yerrorlines title {Quote(subject)} linewidth {(subject is "bus" ? 3 : 1.5)} "
                + $"pointtype {index + 4} pointsize 1.1 linecolor '{colours[index % colours.Length]}'");
        }

        if (disturbed.Count > 0)
        {
            script.AppendLine(CultureInfo.InvariantCulture, $"{block}_disturbed << END");
            disturbed.ForEach(point => script.AppendLine(point));
            script.AppendLine("END");
            curves.Add($"{block}_disturbed with points pointtype 6 pointsize 2.8 linewidth 1.5 linecolor 'gray50' title 'floor never quiet'");
        }

        foreach ((string subject, double value) in panel.Floors(rows))
        {
            string style = subject == "flag" ? "linecolor 'black' dashtype 2" : "linecolor 'gray40' dashtype 3";
            curves.Add(string.Create(CultureInfo.InvariantCulture, $"{value} with lines linewidth 2 {style} title {Quote($"floor ({subject})")}"));
        }

        script.AppendLine(CultureInfo.InvariantCulture, $"set title {Quote(panel.Title)}");
        double left = LeftMargin + (isRight ? ColumnWidth : 0);
        script.AppendLine(CultureInfo.InvariantCulture, $"set lmargin at screen {left}");
        script.AppendLine(CultureInfo.InvariantCulture, $"set rmargin at screen {left + PlotWidth}");
        script.AppendLine(
            CultureInfo.InvariantCulture,
            $"set key at screen {left + PlotWidth + KeyDistance}, graph 1 left top vertical Left reverse samplen 2 spacing 1.2");
        script.AppendLine(CultureInfo.InvariantCulture, $"set ytics ({panel.Ticks})");
        script.AppendLine(CultureInfo.InvariantCulture, $"plot {string.Join(", \\\n     ", curves)}");
    }

    /// <summary>A text as gnuplot takes it between single quotes.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
