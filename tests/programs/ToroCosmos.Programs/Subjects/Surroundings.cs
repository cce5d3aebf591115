using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace ToroCosmos.Programs.Subjects;

/// <summary>The environment, the console and what a program asks of its runtime.</summary>
internal static class Surroundings
{
    public static ProgramGroup All { get; } = new(nameof(Surroundings))
    {
        NewLineAndSize, Processors, Variables, OperatingSystems, RuntimeFacts, Ticks, MachineFacts, ExitCodes, ConsoleOut, ConsoleRedirected, ConsoleInRedirected, ConsoleEncoding, ConsoleColours, ConsoleError, DebugAndTrace,
        TraceListeners, ProcessorFeatures, AppContextSwitches, CommandLine, DomainFacts, StandardStreams, Fallbacks, Switches, Activities, Stopwatches,
    };

    private static string NewLineAndSize() => Answer.Of(Environment.NewLine, Environment.Is64BitProcess, IntPtr.Size, Environment.Is64BitOperatingSystem, Environment.SystemPageSize);

    private static string Processors() => Answer.Of(Environment.ProcessorCount is >= 1 and <= 4096);

    private static string Variables()
    {
        string? before = Environment.GetEnvironmentVariable("TOROCOSMOS_SAMPLE");
        Environment.SetEnvironmentVariable("TOROCOSMOS_SAMPLE", "value");
        string? after = Environment.GetEnvironmentVariable("TOROCOSMOS_SAMPLE");
        string expanded = Environment.ExpandEnvironmentVariables("<%TOROCOSMOS_SAMPLE%>");
        bool listed = Environment.GetEnvironmentVariables().Contains("TOROCOSMOS_SAMPLE");
        Environment.SetEnvironmentVariable("TOROCOSMOS_SAMPLE", null);
        return Answer.Of(before, after, expanded, listed, Environment.GetEnvironmentVariable("TOROCOSMOS_SAMPLE"));
    }

    private static string OperatingSystems() => Answer.Of(OperatingSystem.IsWindows(), OperatingSystem.IsMacOS(), OperatingSystem.IsBrowser(), RuntimeInformation.IsOSPlatform(OSPlatform.Windows), Environment.OSVersion.Platform);

    private static string RuntimeFacts() => Answer.Of(RuntimeInformation.ProcessArchitecture, RuntimeInformation.FrameworkDescription.StartsWith(".NET 10."), Environment.Version.Major, RuntimeInformation.RuntimeIdentifier.Length > 0);

    private static string Ticks() => Answer.Of(Environment.TickCount64 > 0, unchecked(Environment.TickCount - Environment.TickCount) is <= 0 and > -60_000, Stopwatch.Frequency >= 1_000_000);

    private static string MachineFacts() => Answer.Of(Environment.MachineName.Length > 0, Environment.UserName.Length > 0, Environment.ProcessId > 0, Environment.CurrentManagedThreadId > 0, Environment.UserInteractive);

    private static string ExitCodes()
    {
        int before = Environment.ExitCode;
        Environment.ExitCode = 3;
        int during = Environment.ExitCode;
        Environment.ExitCode = before;
        return Answer.Of(before, during, Environment.HasShutdownStarted);
    }

    private static string ConsoleOut() => Answer.Of(Console.Out is not null, Console.Error is not null, Console.Out!.NewLine, Console.CursorSize >= 0);

    private static string ConsoleRedirected()
    {
        TextWriter before = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            Console.Write("{0}-{1}", 1, "x");
            Console.WriteLine(2.5);
            Console.WriteLine(true);
            Console.Write(['a', 'b']);
            Console.WriteLine();
        }
        finally
        {
            Console.SetOut(before);
        }

        return Answer.Of(text.ToString(), Console.Out == before);
    }

    private static string ConsoleInRedirected()
    {
        TextReader before = Console.In;
        Console.SetIn(new StringReader("first\nsecond\nx"));
        try
        {
            return Answer.Of(Console.ReadLine(), Console.In.ReadLine(), Console.Read(), Console.ReadLine(), Console.ReadLine());
        }
        finally
        {
            Console.SetIn(before);
        }
    }

    private static string ConsoleEncoding() => Answer.Of(Console.OutputEncoding.GetBytes("é").Length, Console.Out.Encoding.GetBytes("x").Length);

    private static string ConsoleColours()
    {
        Console.ForegroundColor = ConsoleColor.Red;
        Console.ResetColor();
        return Answer.Of(Enum.GetNames<ConsoleColor>().Length);
    }

    private static string ConsoleError()
    {
        TextWriter before = Console.Error;
        using var text = new StringWriter();
        Console.SetError(text);
        Console.Error.Write("to error");
        Console.SetError(before);
        return text.ToString();
    }

    private static string DebugAndTrace()
    {
        Debug.WriteLine("not compiled in Release");
        Debug.Assert(true, "holds");
        return Answer.Of(Debugger.IsAttached, Trace.AutoFlush, Trace.IndentLevel);
    }

    private static string TraceListeners()
    {
        using var text = new StringWriter();
        using var listener = new TextWriterTraceListener(text);
        Trace.Listeners.Clear();
        Trace.Listeners.Add(listener);
        Trace.WriteLine("traced");
        Trace.TraceWarning("careful {0}", 5);
        Trace.Flush();
        Trace.Listeners.Remove(listener);
        return Answer.Of(text.ToString().Contains("traced"), text.ToString().Contains("Warning: 0 : careful 5"));
    }

    private static string ProcessorFeatures() => Answer.Of(Sse2.IsSupported, X86Base.IsSupported, X86Base.CpuId(0, 0).Eax > 0, !Avx512F.IsSupported || Avx2.IsSupported);

    private static string AppContextSwitches()
    {
        AppContext.SetSwitch("ToroCosmos.Sample", true);
        AppContext.SetData("ToroCosmos.Data", "kept");
        return Answer.Of(AppContext.TryGetSwitch("ToroCosmos.Sample", out bool on), on, AppContext.TryGetSwitch("ToroCosmos.None", out _), AppContext.GetData("ToroCosmos.Data"));
    }

    private static string CommandLine() => Answer.Of(Environment.GetCommandLineArgs().Length >= 1, Environment.CommandLine is not null);

    private static string DomainFacts() => Answer.Of(AppDomain.CurrentDomain.IsDefaultAppDomain(), AppDomain.CurrentDomain.Id, AppContext.TargetFrameworkName is null or { Length: > 0 }, AppContext.BaseDirectory.Length > 0);

    private static string StandardStreams()
    {
        using Stream output = Console.OpenStandardOutput();
        return Answer.Of(output.CanWrite, output.CanRead, output.CanSeek);
    }

    private static string Fallbacks() => Answer.Of(Encoding.Default.GetString([0x41, 0xC3, 0xA9]), Console.InputEncoding is not null);

    private static string Switches()
    {
        var source = new TraceSource("sample", SourceLevels.Warning);
        return Answer.Of(source.Switch.ShouldTrace(TraceEventType.Error), source.Switch.ShouldTrace(TraceEventType.Verbose), new BooleanSwitch("b", "", "1").Enabled);
    }

    private static string Activities()
    {
        using var source = new ActivitySource("sample");
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "sample", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using Activity? activity = source.StartActivity("work");
        activity?.SetTag("n", 5);
        return Answer.Of(activity?.OperationName, activity?.GetTagItem("n"), Activity.Current == activity, activity?.IdFormat);
    }

    private static string Stopwatches()
    {
        var watch = Stopwatch.StartNew();
        long first = watch.ElapsedTicks;
        while (watch.ElapsedMilliseconds < 2)
        {
        }

        watch.Stop();
        TimeSpan stopped = watch.Elapsed;
        watch.Reset();
        return Answer.Of(first >= 0, stopped.TotalMilliseconds >= 2, watch.ElapsedTicks, watch.IsRunning);
    }
}
