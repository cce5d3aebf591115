namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>The hash functions that a kernel has; what the class library holds of one is its number.</summary>
internal enum HashKind
{
    None,
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}
