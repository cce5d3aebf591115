using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>What the class library asks of the kernel, and what becomes of what a kernel has not.</summary>
internal static unsafe class ClassLibrarySuite
{
    /// <summary>For what rounding takes.</summary>
    private const double OneMore = 1 - 1e-6;

    private static int s_minusOne = -1;
    private static byte[]? s_kept;

    [KernelTest(On = KernelTestCores.All)]
    internal static void The_smallest_number_by_minus_one_overflows()
    {
        Check.That(Catch.Throws<OverflowException>(() => _ = int.MinValue / s_minusOne));
        Check.That(Catch.Throws<OverflowException>(() => _ = long.MinValue / s_minusOne));
        Check.That(Catch.Throws<OverflowException>(() => _ = int.MinValue % s_minusOne));
        Check.That(Catch.Throws<DivideByZeroException>(() => _ = int.MinValue / (s_minusOne + 1)));
    }

    [KernelTest]
    internal static void An_array_longer_than_any_is_out_of_memory_and_one_of_a_negative_length_overflows()
    {
        Check.That(Catch.Throws<OutOfMemoryException>(() => _ = new byte[s_minusOne - int.MinValue]));
        Check.That(Catch.Throws<OverflowException>(() => _ = new byte[s_minusOne]));
    }

    [KernelTest]
    internal static void A_line_of_the_console_ends_with_one_line_feed() => Check.That(Environment.NewLine == "\n");

    [KernelTest]
    internal static void A_wait_for_a_task_that_does_not_end_ends_in_time()
    {
        Check.That(!new TaskCompletionSource().Task.Wait(1));
        Check.That(Task.CompletedTask.Wait(1));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Queries_whose_types_only_the_run_knows()
    {
        List<string> words = ["pear", "fig", "apple", "kiwi", "date"];
        string groups = string.Join(' ', words.Where(word => word.Length > 3).GroupBy(word => word.Length).OrderBy(group => group.Key)
            .Select(group => $"{group.Key}={group.Count()}"));
        Check.That(groups == "4=3 5=1", groups);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void What_a_kernel_has_not_is_an_exception_that_names_it()
    {
        try
        {
            GC.RegisterForFullGCNotification(1, 1);
            Check.Fail("nothing was thrown");
        }
        catch (PlatformNotSupportedException e)
        {
            Check.That(e.Message == "A kernel has no RhRegisterForFullGCNotification.", e.Message);
            Check.That(e.ToString().Contains(nameof(What_a_kernel_has_not_is_an_exception_that_names_it), StringComparison.Ordinal));
        }
    }

    [KernelTest]
    internal static void A_library_to_load_is_not_found() =>
        Check.That(Catch.Throws<DllNotFoundException>(() => NativeLibrary.Load("nothing")));

    [KernelTest]
    internal static void The_environment()
    {
        Check.That(OperatingSystem.IsLinux() && !OperatingSystem.IsWindows());
        Check.That(Environment.MachineName == "torocosmos", Environment.MachineName);
        Check.Equal(1, Environment.ProcessId);
        Check.That(Environment.GetEnvironmentVariable("PATH") == null);
        Environment.SetEnvironmentVariable("TORO", "1");
        Check.That(Environment.GetEnvironmentVariable("TORO") == "1");
        Check.That(Environment.GetCommandLineArgs()[0] == "kernel");
        Check.That(Environment.UserName == "root", Environment.UserName);
        Check.Equal(4096, Environment.SystemPageSize);
        Check.That(Environment.CurrentDirectory == "/", Environment.CurrentDirectory);
    }

    [KernelTest]
    internal static void A_collection_that_is_asked_for_frees_nothing_and_takes_nothing()
    {
        object kept = new();
        var weak = new WeakReference(kept);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Check.That(ReferenceEquals(weak.Target, kept));
        Check.Equal(0, GC.CollectionCount(0));
        long before = GC.GetTotalAllocatedBytes();
        s_kept = new byte[1 << 20];
        Check.That(GC.GetTotalAllocatedBytes() >= before + (1 << 20));
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        Check.That(memory.TotalAvailableMemoryBytes > memory.HeapSizeBytes && memory.HeapSizeBytes > s_kept.Length);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Memory_of_C_code_may_be_aligned()
    {
        for (nuint alignment = 16; alignment <= 4096; alignment *= 2)
        {
            byte* memory = (byte*)NativeMemory.AlignedAlloc(100, alignment);
            Check.Equal(0, (long)((nuint)memory % alignment));
            memory[99] = 7;
            memory = (byte*)NativeMemory.AlignedRealloc(memory, 5000, alignment);
            Check.Equal(0, (long)((nuint)memory % alignment));
            Check.Equal(7, memory[99]);
            NativeMemory.AlignedFree(memory);
        }
    }

    [KernelTest]
    internal static void Aligned_memory_that_was_freed_is_used_again()
    {
        void* first = NativeMemory.AlignedAlloc(3000, 256);
        NativeMemory.AlignedFree(first);
        void* second = NativeMemory.AlignedAlloc(3000, 256);
        Check.That(first == second);
        NativeMemory.AlignedFree(second);
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Hashes()
    {
        byte[] text = "abc"u8.ToArray();
        Check.That(Convert.ToHexString(MD5.HashData(text)) == "900150983CD24FB0D6963F7D28E17F72");
        Check.That(Convert.ToHexString(SHA1.HashData(text)) == "A9993E364706816ABA3E25717850C26C9CD0D89D");
        Check.That(Convert.ToHexString(SHA256.HashData(text)) == "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, "key"u8);
        hash.AppendData("The quick brown fox "u8);
        hash.AppendData("jumps over the lazy dog"u8);
        Check.That(Convert.ToHexString(hash.GetHashAndReset()) == "F7BC83F430538424B13298E6AA6FB143EF4D59A14946175997479DBC2D1A3CD8");
    }

    [KernelTest]
    internal static void Keys_of_passwords_and_of_keys()
    {
        // RFC 6070, the second vector; HKDF of 22 zeros without salt and purpose, by another program.
        Check.That(Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2("password", "salt"u8.ToArray(), 2, HashAlgorithmName.SHA1, 20))
            == "EA6C014DC72D6F8CCD1ED92ACE1D41F0D8DE8957");
        Check.That(Convert.ToHexString(HKDF.DeriveKey(HashAlgorithmName.SHA256, new byte[22], 42))
            == "A51460FA6691F53288C8B1E3932D55FB613E8B66CA07AD0B2ED2FF91D39FB9E6008CBD382E34B181DD05");
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Compressed_text_is_smaller_and_comes_back()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"line {(i % 97).ToString(CultureInfo.InvariantCulture)} ")));
        Compare(text, stream => new DeflateStream(stream, CompressionLevel.Optimal, true), stream => new DeflateStream(stream, CompressionMode.Decompress));
        Compare(text, stream => new BrotliStream(stream, CompressionLevel.Fastest, true), stream => new BrotliStream(stream, CompressionMode.Decompress));
    }

    [KernelTest]
    internal static void A_file_that_is_not_there_is_not_found_and_none_can_be_written()
    {
        Check.That(!File.Exists("/no/such") && Directory.Exists("/"));
        Check.That(Catch.Throws<DirectoryNotFoundException>(() => File.ReadAllText("/no/such")));
        Check.That(Catch.Throws<FileNotFoundException>(() => File.ReadAllText("/such")));
        try
        {
            File.WriteAllText("/new", "x");
            Check.Fail("nothing was thrown");
        }
        catch (IOException e)
        {
            Check.That(e.Message.StartsWith("Read-only file system", StringComparison.Ordinal), e.Message);
        }
    }

    [KernelTest]
    internal static void Time_is_told_in_UTC()
    {
        Check.That(TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero);
        Check.That((DateTime.Now - DateTime.UtcNow).Duration() < TimeSpan.FromMinutes(1));
    }

    [KernelTest]
    internal static void Stopwatch_counts_nanoseconds_that_agree_with_the_clock()
    {
        Check.Equal(1_000_000_000, Stopwatch.Frequency);

        // Each is read around the other: whatever comes between, the outer one counts more.
        ulong outer = Clock.Now;
        long inner = Stopwatch.GetTimestamp();
        Spin();
        inner = Stopwatch.GetTimestamp() - inner;
        outer = Clock.Now - outer;
        Check.That(inner * OneMore <= Nanoseconds(outer) + 1, "the stopwatch is ahead of the clock");

        long around = Stopwatch.GetTimestamp();
        ulong within = Clock.Now;
        Spin();
        within = Clock.Now - within;
        around = Stopwatch.GetTimestamp() - around;
        Check.That(around >= Nanoseconds(within) * OneMore - 1, "the stopwatch is behind the clock");
    }

    private static void Spin()
    {
        for (ulong end = Clock.Now + (Clock.TicksPerSecond / 500); Clock.Now < end;)
        {
            Cpu.Pause();
        }
    }

    private static double Nanoseconds(ulong ticks) => ticks * 1e9 / Clock.TicksPerSecond;

    private static void Compare(byte[] text, Func<Stream, Stream> compress, Func<Stream, Stream> decompress)
    {
        MemoryStream compressed = new();
        using (Stream stream = compress(compressed))
        {
            stream.Write(text);
        }

        long length = compressed.Length;
        compressed.Position = 0;
        MemoryStream back = new();
        using (Stream stream = decompress(compressed))
        {
            stream.CopyTo(back);
        }

        Check.That(length < text.Length / 4 && back.ToArray().AsSpan().SequenceEqual(text));
    }
}
