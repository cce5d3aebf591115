using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TestRunner.Reports;

/// <summary>
/// Writes the XML that Jenkins, GitLab and GitHub's actions read as JUnit's: testsuites, testsuite, testcase with
/// failure, error or skipped.
/// </summary>
public static class JUnitReport
{
    /// <summary>Writes the report of some cases, a suite for each <see cref="CaseReport.Suite"/>.</summary>
    public static void Write(Stream stream, IReadOnlyList<CaseReport> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var root = new XElement("testsuites", new XAttribute("name", "TestRunner"));
        AddCounts(root, cases);
        foreach (IGrouping<string, CaseReport> suite in cases.GroupBy(one => one.Suite, StringComparer.Ordinal))
        {
            var element = new XElement("testsuite", new XAttribute("name", Clean(suite.Key)));
            AddCounts(element, [.. suite]);
            element.Add(suite.Select(CaseElement));
            root.Add(element);
        }

        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) });
        new XDocument(root).Save(writer);
    }

    private static void AddCounts(XElement element, IReadOnlyList<CaseReport> cases)
    {
        element.Add(
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Count(one => one.Outcome == CaseOutcome.Failed)),
            new XAttribute("errors", cases.Count(one => one.Outcome == CaseOutcome.Broken)),
            new XAttribute("skipped", cases.Count(one => one.Outcome == CaseOutcome.Skipped)),
            new XAttribute("time", Seconds(cases.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Duration))));
    }

    private static XElement CaseElement(CaseReport one)
    {
        var element = new XElement(
            "testcase",
            new XAttribute("classname", Clean(one.Suite)),
            new XAttribute("name", Clean(one.Name)),
            new XAttribute("time", Seconds(one.Duration)));
        string? kind = one.Outcome switch
        {
            CaseOutcome.Failed => "failure",
            CaseOutcome.Broken => "error",
            CaseOutcome.Skipped => "skipped",
            _ => null,
        };
        if (kind is not null)
        {
            var cause = new XElement(kind, new XAttribute("message", Clean(one.Message)));
            if (one.Details.Count > 0)
            {
                cause.Value = Clean(string.Join('\n', one.Details));
            }

            element.Add(cause);
        }

        if (one.Output.Count > 0)
        {
            element.Add(new XElement("system-out", Clean(string.Join('\n', one.Output))));
        }

        return element;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>XML has no way to write most control characters, and an emulator's words may hold any.</summary>
    private static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));
}
