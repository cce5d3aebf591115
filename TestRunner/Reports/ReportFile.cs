using System;
using System.Collections.Generic;
using System.IO;

namespace TestRunner.Reports;

/// <summary>
/// A report that is written at the end into a file opened at the beginning: that a file cannot be written must not come
/// out after a long run.
/// </summary>
public sealed class ReportFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Action<Stream, IReadOnlyList<CaseReport>> _write;

    private ReportFile(string path, Action<Stream, IReadOnlyList<CaseReport>> write)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _write = write;
    }

    /// <summary>Opens the files that are named.</summary>
    /// <param name="junit">Path for JUnit's XML, or null.</param>
    /// <param name="tap">Path for TAP, or null.</param>
    /// <exception cref="IOException">One cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">One must not be written.</exception>
    public static IReadOnlyList<ReportFile> Open(string? junit, string? tap)
    {
        List<ReportFile> files = [];
        try
        {
            if (junit is not null)
            {
                files.Add(new ReportFile(junit, JUnitReport.Write));
            }

            if (tap is not null)
            {
                files.Add(new ReportFile(tap, TapReport.Write));
            }

            return files;
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Writes the report.</summary>
    /// <exception cref="IOException">It could not be written, on a full disk for example.</exception>
    public void Write(IReadOnlyList<CaseReport> cases)
    {
        using var report = new MemoryStream();
        _write(report, cases);
        // At once and unbuffered: a failure shows here and not when the file is closed.
        _file.Write(report.ToArray());
    }

    public void Dispose() => _file.Dispose();
}
