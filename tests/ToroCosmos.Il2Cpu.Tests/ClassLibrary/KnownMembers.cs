using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ToroCosmos.Il2Cpu.Tests.ClassLibrary;

/// <summary>
/// The members of the class library of .NET 6 that were tried in Cosmos kernels, or read there where it is a question of
/// allocating. The first pattern that fits counts. Parameters are written as in IL: <c>!0</c> is the type's first type
/// argument, <c>!!0</c> the method's.
/// </summary>
internal static class KnownMembers
{
    private const string Reflection = "allocates, as most of reflection";
    private const string Exceptions = "allocates, to be thrown";
    private const string Strings = "allocates strings";
    private const string Collections = "allocates and may throw";
    private const string Delegates = "makes an array of one delegate at every call, and leaves interrupts off; use a function pointer or a virtual method";
    private const string MayThrow = "throws when the argument is not as expected";

    private static readonly KnownMember[] s_members =
    [
        // What fails.
        Fails("System.Threading.Interlocked::*", "Cosmos has plain loads and stores, of which ToroCosmos.Plugs replaces not all; use the bus, words with one writer, Cpu.FullFence"),
        Fails("System.Threading.Thread::MemoryBarrier", "is nothing in Cosmos alone; use Cpu.FullFence"),
        Fails("System.Threading.Monitor::*", "locks nothing there"),
        Fails("System.Threading.Volatile::Read(System.*Int64&)", "64-bit accesses are two; use 32-bit fields"),
        Fails("System.Threading.Volatile::Read(System.Double&)", "64-bit accesses are two; use 32-bit fields"),
        Fails("System.Threading.Volatile::Write(System.*Int64&*)", "64-bit accesses are two; use 32-bit fields"),
        Fails("System.Threading.Volatile::Write(System.Double&*)", "64-bit accesses are two; use 32-bit fields"),
        Fails("System.Numerics.BitOperations::PopCount", "corrupts memory"),
        Fails("System.Runtime.CompilerServices.Unsafe::CopyBlock*", "hangs; use MemoryCopy"),
        Fails("System.Runtime.CompilerServices.Unsafe::InitBlock*", "hangs, as CopyBlock does; use a loop"),
        Fails("System.IntPtr::get_Size", "is wrong; use sizeof(nint)"),
        Fails("System.UIntPtr::get_Size", "is wrong; use sizeof(nuint)"),
        Fails("System.Delegate::Combine", "only one of the delegates is called"),
        Fails("System.Delegate::Remove", "only one of the delegates is called"),
        Fails("System.Enum::*", "needs reflection, which Cosmos does not have"),

        // What works on every core.
        Works("System.Object::.ctor"),
        Works("System.Attribute::.ctor"),
        Works("System.Action*::.ctor"),
        Works("System.Func*::.ctor"),
        Works("System.ValueTuple*::.ctor"),
        Works("System.Threading.Volatile::*"),
        Works("System.Runtime.CompilerServices.Unsafe::As"),
        Works("System.Runtime.CompilerServices.Unsafe::Add"),
        Works("System.Runtime.CompilerServices.Unsafe::SizeOf"),
        Works("System.Runtime.CompilerServices.Unsafe::ReadUnaligned"),
        Works("System.Runtime.CompilerServices.Unsafe::WriteUnaligned"),
        Works("System.Numerics.BitOperations::RotateLeft"),
        Works("System.Numerics.BitOperations::LeadingZeroCount"),
        Works("System.Math::Min"),
        Works("System.Math::Max"),
        Works("System.ArgumentNullException::ThrowIfNull"), // throws where null would not go on anyway
        Works("System.String::get_Length"),
        Works("System.String::get_Chars"),

        // Spans ask for their element type; ToroCosmos.Plugs has the answer without allocating.
        Works("System.Type::GetTypeFromHandle"),
        BootCore("System.*Span`1::ToArray", Collections),
        BootCore("System.*Span`1::ToString", Strings),
        Works("System.*Span`1::.ctor"),
        Works("System.*Span`1::op_Implicit"),
        Works("System.*Span`1::get_*"),
        Works("System.*Span`1::Clear"),
        Works("System.*Span`1::CopyTo"),
        Works("System.*Span`1::TryCopyTo"),
        Works("System.*Span`1::Slice"),
        Works("System.*Span`1::GetPinnableReference"),
        Works("System.Span`1::Fill"),
        Works("System.Runtime.InteropServices.MemoryMarshal::CreateSpan"),
        Works("System.Runtime.InteropServices.MemoryMarshal::CreateReadOnlySpan"),
        Works("System.Runtime.InteropServices.MemoryMarshal::GetReference"),
        Works("System.Runtime.InteropServices.MemoryMarshal::Cast"),
        BootCore("System.Buffers.Binary.BinaryPrimitives::*", MayThrow),
        BootCore("System.Buffer::MemoryCopy", MayThrow),

        // What works on the boot core.
        BootCore("System.Action*::Invoke", Delegates),
        BootCore("System.Func*::Invoke", Delegates),
        BootCore("System.*Exception::*", Exceptions),
        BootCore("System.String::*", Strings),
        BootCore("System.*Int*::ToString", Strings),
        BootCore("System.Byte::ToString", Strings),
        BootCore("System.Text.StringBuilder::*", Strings),
        BootCore("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler::*", Strings),
        BootCore("System.Object::ToString", Strings),
        BootCore("System.Object::Equals", "compares boxes"),
        BootCore("System.Object::GetHashCode", "hashes boxes"),
        BootCore("System.Object::GetType", Reflection),
        BootCore("System.Type::*", Reflection),
        BootCore("System.Array::Empty", "its field has a static constructor"),
        BootCore("System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray", "fills a new array"),
        BootCore("System.Collections.Generic.*::*", Collections),
        BootCore("System.Collections.IEnum*::*", Collections),
        BootCore("System.IDisposable::Dispose", "belongs to foreach"),
    ];

    private static readonly Dictionary<KnownMember, Regex> s_patterns = s_members.ToDictionary(member => member, Compile);

    /// <summary>All that is known.</summary>
    public static IReadOnlyList<KnownMember> All => s_members;

    /// <summary>What is known of a method; null for nothing, and for a method that is not the class library's.</summary>
    public static KnownMember? Find(MethodReference method)
    {
        if (method.DeclaringType is ArrayType || method.Resolve() is not null)
        {
            return null;
        }

        string name = $"{method.DeclaringType.GetElementType().FullName}::{method.Name}"
            + $"({string.Join(",", method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";
        return s_members.FirstOrDefault(member => s_patterns[member].IsMatch(name));
    }

    private static KnownMember Fails(string pattern, string reason) => new(pattern, Support.Nowhere, reason);

    private static KnownMember BootCore(string pattern, string reason) => new(pattern, Support.BootCore, reason);

    private static KnownMember Works(string pattern) => new(pattern, Support.EveryCore, "");

    private static Regex Compile(KnownMember member)
    {
        string pattern = member.Pattern.Contains('(') ? member.Pattern : member.Pattern + "(*";
        return new Regex("^" + Regex.Escape(pattern).Replace("\\*", ".*") + "$", RegexOptions.CultureInvariant);
    }
}
