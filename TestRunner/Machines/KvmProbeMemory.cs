using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TestRunner.Machines;

/// <summary>
/// Remembers whether KVM works, in the user's cache folder, for as long as computer, Linux kernel and QEMU stay the
/// same. Losing it costs a probe, so a folder that cannot be read or written is not an error.
/// </summary>
/// <param name="folder">The folder; it is made when needed.</param>
public sealed class KvmProbeMemory(string folder)
{
    /// <summary>The file that holds the answer.</summary>
    public string FilePath { get; } = Path.Combine(folder, "kvm-probe.json");

    /// <summary>The memory in this user's cache folder.</summary>
    public static KvmProbeMemory OfUser()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            cache = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }

        return new KvmProbeMemory(Path.Combine(cache, "ToroCosmos"));
    }

    /// <summary>What the answer depends on. QEMU is told by its file, which is quicker than asking its version.</summary>
    public static string KeyFor(string qemu)
    {
        var file = new FileInfo(qemu);
        return $"{Environment.MachineName}|{RuntimeInformation.OSDescription}|{qemu}|{file.Length}|{file.LastWriteTimeUtc:O}";
    }

    /// <summary>The answer kept for the key, or null.</summary>
    public KvmAnswer? Recall(string key)
    {
        try
        {
            Entry? entry = JsonSerializer.Deserialize<Entry>(File.ReadAllText(FilePath));
            return entry?.Key == key && entry.Reason is not null
                ? new KvmAnswer(entry.Usable, entry.Reason, ProbedNow: false)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer in place of the one before.</summary>
    public void Remember(string key, KvmAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        try
        {
            Directory.CreateDirectory(folder);
            // Runners may work side by side: a reader sees the old file or the new one, never half of it.
            string draft = FilePath + "." + Environment.ProcessId;
            File.WriteAllText(draft, JsonSerializer.Serialize(new Entry(key, answer.Usable, answer.Reason)));
            File.Move(draft, FilePath, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run probes again.
        }
    }

    private sealed record Entry(string? Key, bool Usable, string? Reason);
}
