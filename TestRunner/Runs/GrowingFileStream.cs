using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace TestRunner.Runs;

/// <summary>Reads a file that another program writes, until that program is known to have ended.</summary>
/// <param name="path">The file; it need not be there yet.</param>
/// <param name="ended">Ends when nothing more will be written.</param>
public sealed class GrowingFileStream(string path, Task ended) : Stream
{
    /// <summary>How soon a new byte is noticed.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private FileStream? _file;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            // Asked before reading: what is written up to the end is then read after it.
            bool isLast = ended.IsCompleted;
            _file ??= File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
                : null;
            int count = _file is null ? 0 : await _file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count > 0 || isLast)
            {
                return count;
            }

            await Task.WhenAny(ended, Task.Delay(s_pause, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }
}
