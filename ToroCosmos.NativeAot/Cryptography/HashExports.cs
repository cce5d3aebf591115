using System;
using System.Runtime;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>
/// Hashes and hashes with keys, by the names under which the class library knows those of OpenSSL. Calls answer 1 when
/// all went well; a context of null, for which there was no memory, is the class library's to tell.
/// </summary>
internal static unsafe class HashExports
{
    private const int Ok = 1;
    private const int Failed = 0;

    [RuntimeExport("CryptoNative_EnsureOpenSslInitialized")]
    private static int Initialize() => 0;

    [RuntimeExport("CryptoNative_ErrClearError")]
    private static ulong ClearError() => 0;

    [RuntimeExport("CryptoNative_ErrPeekLastError")]
    private static ulong PeekError() => 0;

    [RuntimeExport("CryptoNative_EvpMd5")]
    private static nint GetMd5() => (nint)HashKind.Md5;

    [RuntimeExport("CryptoNative_EvpSha1")]
    private static nint GetSha1() => (nint)HashKind.Sha1;

    [RuntimeExport("CryptoNative_EvpSha256")]
    private static nint GetSha256() => (nint)HashKind.Sha256;

    [RuntimeExport("CryptoNative_EvpSha384")]
    private static nint GetSha384() => (nint)HashKind.Sha384;

    [RuntimeExport("CryptoNative_EvpSha512")]
    private static nint GetSha512() => (nint)HashKind.Sha512;

    // There is no SHA-3; its types say so (IsSupported).
    [RuntimeExport("CryptoNative_EvpSha3_256")]
    private static nint GetSha3Of256() => (nint)HashKind.None;

    [RuntimeExport("CryptoNative_EvpSha3_384")]
    private static nint GetSha3Of384() => (nint)HashKind.None;

    [RuntimeExport("CryptoNative_EvpSha3_512")]
    private static nint GetSha3Of512() => (nint)HashKind.None;

    [RuntimeExport("CryptoNative_EvpShake128")]
    private static nint GetShake128() => (nint)HashKind.None;

    [RuntimeExport("CryptoNative_EvpShake256")]
    private static nint GetShake256() => (nint)HashKind.None;

    [RuntimeExport("CryptoNative_GetMaxMdSize")]
    private static int LargestSize() => HashContext.LargestHash;

    [RuntimeExport("CryptoNative_EvpMdSize")]
    private static int Size(nint kind) => HashContext.SizeOf((HashKind)kind);

    [RuntimeExport("CryptoNative_EvpMdCtxCreate")]
    private static HashContext* Create(nint kind)
    {
        var context = (HashContext*)NativeHeap.Allocate((ulong)sizeof(HashContext));
        if (context != null)
        {
            context->Begin((HashKind)kind);
        }

        return context;
    }

    [RuntimeExport("CryptoNative_EvpMdCtxCopyEx")]
    private static HashContext* Copy(HashContext* context)
    {
        var copy = (HashContext*)NativeHeap.Allocate((ulong)sizeof(HashContext));
        if (copy != null)
        {
            *copy = *context;
        }

        return copy;
    }

    [RuntimeExport("CryptoNative_EvpMdCtxDestroy")]
    private static void Destroy(HashContext* context) => NativeHeap.Free((byte*)context);

    [RuntimeExport("CryptoNative_EvpDigestReset")]
    private static int Reset(HashContext* context, nint kind)
    {
        context->Begin((HashKind)kind);
        return Ok;
    }

    [RuntimeExport("CryptoNative_EvpDigestUpdate")]
    private static int Add(HashContext* context, byte* bytes, int count)
    {
        context->Add(bytes, count);
        return Ok;
    }

    [RuntimeExport("CryptoNative_EvpDigestFinalEx")]
    private static int End(HashContext* context, byte* hash, int* size)
    {
        *size = context->Size;
        context->End(hash);
        return Ok;
    }

    [RuntimeExport("CryptoNative_EvpDigestCurrent")]
    private static int Current(HashContext* context, byte* hash, int* size)
    {
        HashContext copy = *context;
        return End(&copy, hash, size);
    }

    [RuntimeExport("CryptoNative_EvpDigestOneShot")]
    private static int Hash(nint kind, byte* bytes, int count, byte* hash, int* size)
    {
        if (HashContext.SizeOf((HashKind)kind) == 0)
        {
            return Failed;
        }

        HashContext context = default;
        context.Begin((HashKind)kind);
        context.Add(bytes, count);
        return End(&context, hash, size);
    }

    [RuntimeExport("CryptoNative_HmacCreate")]
    private static HmacContext* CreateHmac(byte* key, int count, nint kind)
    {
        var context = (HmacContext*)NativeHeap.Allocate((ulong)sizeof(HmacContext));
        if (context != null)
        {
            context->Begin((HashKind)kind, key, count);
        }

        return context;
    }

    [RuntimeExport("CryptoNative_HmacCopy")]
    private static HmacContext* CopyHmac(HmacContext* context)
    {
        var copy = (HmacContext*)NativeHeap.Allocate((ulong)sizeof(HmacContext));
        if (copy != null)
        {
            *copy = *context;
        }

        return copy;
    }

    [RuntimeExport("CryptoNative_HmacDestroy")]
    private static void DestroyHmac(HmacContext* context) => NativeHeap.Free((byte*)context);

    [RuntimeExport("CryptoNative_HmacReset")]
    private static int ResetHmac(HmacContext* context)
    {
        context->Restart();
        return Ok;
    }

    [RuntimeExport("CryptoNative_HmacUpdate")]
    private static int AddHmac(HmacContext* context, byte* bytes, int count)
    {
        context->Add(bytes, count);
        return Ok;
    }

    [RuntimeExport("CryptoNative_HmacFinal")]
    private static int EndHmac(HmacContext* context, byte* hash, int* size)
    {
        *size = HashContext.SizeOf(context->Kind);
        context->End(hash);
        return Ok;
    }

    [RuntimeExport("CryptoNative_HmacCurrent")]
    private static int CurrentHmac(HmacContext* context, byte* hash, int* size)
    {
        HmacContext copy = *context;
        return EndHmac(&copy, hash, size);
    }

    [RuntimeExport("CryptoNative_Pbkdf2")]
    private static int DeriveKey(
        byte* password, int passwordLength, byte* salt, int saltLength, int iterations, nint kind, byte* key, int keyLength)
    {
        if (HashContext.SizeOf((HashKind)kind) == 0)
        {
            return Failed;
        }

        KeyDerivation.FromPassword(
            (HashKind)kind, new ReadOnlySpan<byte>(password, passwordLength), new ReadOnlySpan<byte>(salt, saltLength), iterations, new Span<byte>(key, keyLength));
        return Ok;
    }

    /// <summary>Other ways to derive keys, of which there is none here: the class library has HKDF of its own.</summary>
    [RuntimeExport("CryptoNative_EvpKdfFetch")]
    private static nint FindDerivation(byte* name, int* isKnown)
    {
        *isKnown = 0;
        return 0;
    }

    [RuntimeExport("CryptoNative_EvpKdfFree")]
    private static void FreeDerivation(nint derivation)
    {
    }

    [RuntimeExport("CryptoNative_HmacOneShot")]
    private static int HashHmac(nint kind, byte* key, int keyCount, byte* bytes, int count, byte* hash, int* size)
    {
        if (HashContext.SizeOf((HashKind)kind) == 0)
        {
            return Failed;
        }

        HmacContext context = default;
        context.Begin((HashKind)kind, key, keyCount);
        context.Add(bytes, count);
        return EndHmac(&context, hash, size);
    }
}
