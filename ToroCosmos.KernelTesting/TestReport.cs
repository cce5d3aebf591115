using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelTesting;

/// <summary>The report of a run: one <see cref="CoreReport"/> for each core, and the lines that the boot core prints.</summary>
internal static class TestReport
{
    private const int BootCore = 0;

    private static CoreReport[]? s_cores;
    private static int s_current;

    /// <summary>The number of the test that runs; -1 between tests.</summary>
    public static int Current => s_current;

    /// <summary>What a core reports; null before the run and for a number that is no core's.</summary>
    public static CoreReport? OfCore(int core)
    {
        CoreReport[]? cores = s_cores;
        return cores != null && (uint)core < (uint)cores.Length ? cores[core] : null;
    }

    /// <summary>Begins the report: gives every core its lines and announces how many tests there are.</summary>
    public static void Plan(int tests, bool isListing)
    {
        uint token = RandomToken();
        s_current = -1;
        s_cores = new CoreReport[Cores.Count];
        for (int core = 0; core < s_cores.Length; core++)
        {
            s_cores[core] = new CoreReport(new FrameWriter(token, core));
        }

        Begin("plan"u8).Field("version"u8, 1).Field("mode"u8, isListing ? "list"u8 : "run"u8).Field("tests"u8, tests)
            .Field("cores"u8, Cores.Count).End().Print();
    }

    /// <summary>Announces a test.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="core">Where it will run; negative for all cores.</param>
    /// <param name="test">The test.</param>
    public static void Announce(int number, int core, KernelTestCase test)
    {
        FrameWriter writer = Begin("test"u8).Field("test"u8, number);
        writer = core < 0 ? writer.Field("core"u8, "all"u8) : writer.Field("core"u8, core);
        writer.Field("id"u8, test.Id).Field("name"u8, test.Name).Field("at"u8, test.Place).End().Print();
    }

    public static void Start(int number)
    {
        foreach (CoreReport core in s_cores!)
        {
            core.Clear();
        }

        s_current = number;
        Begin("start"u8).Field("test"u8, number).End().Print();
    }

    /// <summary>Tells the verdict of the test that was started, when no core runs it any more.</summary>
    /// <returns>Whether it passed.</returns>
    public static bool Finish(long microseconds)
    {
        int failures = 0;
        int shown = 0;
        foreach (CoreReport core in s_cores!)
        {
            failures += core.Failures;
            shown += core.Shown;
        }

        FrameWriter writer = Begin(failures == 0 ? "pass"u8 : "fail"u8).Field("test"u8, s_current)
            .Field("microseconds"u8, microseconds);
        if (failures > 0)
        {
            writer.Field("failures"u8, failures).Field("shown"u8, shown);
        }

        writer.End().Print();
        s_current = -1;
        return failures == 0;
    }

    /// <summary>Begins to tell why a test is skipped; the reason's parts follow, then its end.</summary>
    public static FrameWriter Skip(int number) => Begin("skip"u8).Field("test"u8, number).BeginText("reason"u8);

    public static void End(int passed, int failed, int skipped) =>
        Begin("end"u8).Field("passed"u8, passed).Field("failed"u8, failed).Field("skipped"u8, skipped).End().Print();

    private static FrameWriter Begin(System.ReadOnlySpan<byte> verb) => s_cores![BootCore].Writer.Begin(verb);

    /// <summary>A number that nothing which was printed before can contain: the finalizer of SplitMix64 over the clock.</summary>
    private static uint RandomToken()
    {
        ulong z = Cpu.ReadTimestamp() + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)(z >> 32);
    }
}
