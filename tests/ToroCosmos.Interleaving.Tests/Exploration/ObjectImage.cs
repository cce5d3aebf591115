using System;
using System.Buffers.Binary;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// What changes in objects of the product and of what plays its other side: the fields that are numbers, in them and in
/// what they refer to, and arrays of numbers. Lists must be empty between steps.
/// </summary>
internal sealed class ObjectImage
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly List<(object Owner, FieldInfo[] Path)> _words = [];
    private readonly List<Array> _arrays = [];
    private readonly List<IList> _lists = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <param name="objects">The objects.</param>
    public ObjectImage(params object[] objects)
    {
        foreach (object each in objects)
        {
            Find(each);
        }

        Bytes = _words.Count * sizeof(ulong);
        foreach (Array array in _arrays)
        {
            Bytes += (BytesOf(array).Length + sizeof(ulong) - 1) & ~(sizeof(ulong) - 1);
        }
    }

    /// <summary>Length of an image.</summary>
    public int Bytes { get; }

    public void Save(Span<byte> image)
    {
        foreach ((object owner, FieldInfo[] path) in _words)
        {
            object value = owner;
            foreach (FieldInfo field in path)
            {
                value = field.GetValue(value)!;
            }

            BinaryPrimitives.WriteInt64LittleEndian(image, value is bool isSet ? (isSet ? 1 : 0) : Convert.ToInt64(value, null));
            image = image[sizeof(ulong)..];
        }

        foreach (Array array in _arrays)
        {
            BytesOf(array).CopyTo(image);
            image = image[((BytesOf(array).Length + sizeof(ulong) - 1) & ~(sizeof(ulong) - 1))..];
        }

        foreach (IList list in _lists)
        {
            if (list.Count > 0)
            {
                throw new InvalidOperationException("A list is not empty between steps.");
            }
        }
    }

    public void Restore(ReadOnlySpan<byte> image)
    {
        foreach ((object owner, FieldInfo[] path) in _words)
        {
            Set(owner, path, BinaryPrimitives.ReadInt64LittleEndian(image));
            image = image[sizeof(ulong)..];
        }

        foreach (Array array in _arrays)
        {
            image[..BytesOf(array).Length].CopyTo(BytesOf(array));
            image = image[((BytesOf(array).Length + sizeof(ulong) - 1) & ~(sizeof(ulong) - 1))..];
        }

        foreach (IList list in _lists)
        {
            list.Clear();
        }
    }

    private static Span<byte> BytesOf(Array array) => MemoryMarshal.CreateSpan(
        ref MemoryMarshal.GetArrayDataReference(array), array.Length * Marshal.SizeOf(array.GetType().GetElementType()!));

    private static void Set(object owner, ReadOnlySpan<FieldInfo> path, long value)
    {
        FieldInfo field = path[0];
        object inner;
        if (path.Length > 1)
        {
            inner = field.GetValue(owner)!;
            Set(inner, path[1..], value);
        }
        else
        {
            Type type = field.FieldType.IsEnum ? field.FieldType.GetEnumUnderlyingType() : field.FieldType;
            inner = Convert.ChangeType(value, type, null);
            inner = field.FieldType.IsEnum ? Enum.ToObject(field.FieldType, inner) : inner;
        }

        field.SetValue(owner, inner);
    }

    private void Find(object owner)
    {
        if (!_seen.Add(owner))
        {
            return;
        }

        for (Type? type = owner.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(Instance | BindingFlags.DeclaredOnly))
            {
                Find(owner, [field]);
            }
        }
    }

    private void Find(object owner, FieldInfo[] path)
    {
        FieldInfo field = path[^1];
        Type type = field.FieldType;
        if (type.IsPrimitive || type.IsEnum)
        {
            if (!path[0].IsInitOnly)
            {
                _words.Add((owner, path));
            }
        }
        else if (type.IsValueType)
        {
            if (!path[0].IsInitOnly)
            {
                foreach (FieldInfo inner in type.GetFields(Instance))
                {
                    Find(owner, [.. path, inner]);
                }
            }
        }
        else if (!type.IsPointer && path.Length == 1 && field.GetValue(owner) is { } value)
        {
            switch (value)
            {
                case Array array:
                    _arrays.Add(array);
                    break;
                case IList list:
                    _lists.Add(list);
                    break;
                default:
                    Find(value);
                    break;
            }
        }
    }
}
