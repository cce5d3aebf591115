using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Programs.Subjects;

internal static class Reflections
{
    public static ProgramGroup All { get; } = new(nameof(Reflections))
    {
        TypeNames, ListMembers, InvokeMethods, GetAndSetProperties, ReadAndWriteFields, CreateInstances, CustomAttributes, GenericTypes, MakeGenericTypes,
        MakeGenericMethods, EnumValues, Interfaces, DelegatesFromMethods, EventsOfTypes, InvokeThrows, TypeByName, NullabilityOfMembers, Parameters, ArraysByReflection,
        BindingErrors, Converters, Uninitialized, AssemblyFacts, TypeCodes, DefaultValues, MethodBaseNames,
    };

    private static string TypeNames() => Answer.Of(
        typeof(List<int>).Name, typeof(Dictionary<string, int[]>).ToString(), typeof(Reflections).FullName, typeof(int?).Name, typeof((int, string)).ToString(), typeof(Sample).Namespace, typeof(int[,]).Name, typeof(Sample.Inner).FullName);

    private static string ListMembers() => Answer.Of(
        Members<Sample>().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(method => method.Name).Order(StringComparer.Ordinal),
        Members<Sample>().GetProperties().Select(property => $"{property.Name}:{property.PropertyType.Name}").Order(StringComparer.Ordinal), Members<Sample>().GetConstructors().Length);

    private static string InvokeMethods() => Answer.Of(
        Members<Sample>().GetMethod("Add")!.Invoke(new Sample(5), [3, 4]), Members<Sample>().GetMethod("Twice", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, ["ab"]), Members<Sample>().GetMethod("Join")!.Invoke(new Sample(1), ["-", new[] { "x", "y" }]));

    private static string GetAndSetProperties()
    {
        var sample = new Sample(1);
        PropertyInfo property = Members<Sample>().GetProperty("Name")!;
        property.SetValue(sample, "set");
        return Answer.Of(property.GetValue(sample), property.CanWrite, Members<Sample>().GetProperty("Number")!.CanWrite, Members<Sample>().GetProperty("Item")!.GetValue(sample, [4]));
    }

    private static string ReadAndWriteFields()
    {
        var sample = new Sample(1);
        FieldInfo field = Members<Sample>().GetField("_hidden", BindingFlags.Instance | BindingFlags.NonPublic)!;
        field.SetValue(sample, 77);
        return Answer.Of(sample.Hidden, field.GetValue(sample), field.IsPrivate, Members<Sample>().GetField("Constant")!.GetRawConstantValue());
    }

    private static string CreateInstances() => Answer.Of(
        ((Sample)Activator.CreateInstance(Members<Sample>(), 9)!).Number, Activator.CreateInstance<Sample.Inner>().Value, Activator.CreateInstance(typeof(DateTime)), ((Sample)Members<Sample>().GetConstructor([typeof(int)])!.Invoke([6])).Number);

    private static string CustomAttributes()
    {
        MethodInfo method = Members<Sample>().GetMethod("Add")!;
        NoteAttribute note = method.GetCustomAttribute<NoteAttribute>()!;
        return Answer.Of(note.Text, note.Level, method.IsDefined(typeof(ObsoleteAttribute)), Members<Sample>().GetCustomAttribute<DescriptionAttribute>()!.Description, method.GetCustomAttributesData().Count, method.GetParameters()[1].GetCustomAttribute<NoteAttribute>()!.Text);
    }

    private static string GenericTypes()
    {
        Type list = typeof(List<int>);
        return Answer.Of(list.IsGenericType, list.GetGenericTypeDefinition().Name, list.GenericTypeArguments[0].Name, typeof(Dictionary<,>).GetGenericArguments().Select(type => type.Name), typeof(IEnumerable<string>).IsAssignableFrom(typeof(string[])));
    }

    private static string MakeGenericTypes()
    {
        object pair = Activator.CreateInstance(typeof(Pair<,>).MakeGenericType(typeof(string), typeof(object)), "a", "b")!;
        return Answer.Of(pair.ToString(), pair.GetType().GenericTypeArguments.Select(type => type.Name), typeof(List<>).MakeGenericType(typeof(string)) == typeof(List<string>));
    }

    private static string MakeGenericMethods() => Answer.Of(
        Members(typeof(Reflections)).GetMethod(nameof(NameOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(typeof(string)).Invoke(null, ["x"]), NameOf(1.5));

    private static string EnumValues() => Answer.Of(
        Enum.GetValues<Colour>().Select(colour => (int)colour), Enum.GetName(Colour.Green), Enum.GetUnderlyingType(typeof(Colour)).Name, Enum.ToObject(typeof(Colour), 4), typeof(Colour).IsEnum, (Colour.Red | Colour.Blue).ToString(), Colour.Blue.HasFlag(Colour.Red));

    private static string Interfaces() => Answer.Of(
        Members<Sample>().GetInterfaces().Select(type => type.Name).Order(), typeof(IComparable).IsAssignableFrom(typeof(int)), new Sample(1) is IDisposable, typeof(Sample).BaseType!.Name, typeof(string).IsSubclassOf(typeof(object)), typeof(int).IsInstanceOfType(5));

    private static string DelegatesFromMethods()
    {
        var add = Members<Sample>().GetMethod("Add")!.CreateDelegate<Func<int, int, int>>(new Sample(100));
        Delegate open = Delegate.CreateDelegate(typeof(Func<string, string>), typeof(Reflections), nameof(Shout));
        return Answer.Of(add(1, 2), open.DynamicInvoke("hey"), add.Method.Name, open.Method.IsStatic, add.Target is Sample);
    }

    private static string EventsOfTypes()
    {
        var sample = new Sample(1);
        int raised = 0;
        EventInfo happened = Members<Sample>().GetEvent("Happened")!;
        Action handler = () => raised++;
        happened.AddEventHandler(sample, handler);
        sample.Raise();
        happened.RemoveEventHandler(sample, handler);
        sample.Raise();
        return Answer.Of(raised, happened.EventHandlerType!.Name);
    }

    private static string InvokeThrows()
    {
        try
        {
            return $"{Members<Sample>().GetMethod("Fail")!.Invoke(new Sample(1), null)}";
        }
        catch (TargetInvocationException exception)
        {
            return Answer.Of(exception.Message, exception.InnerException!.GetType().Name, exception.InnerException.Message);
        }
    }

    private static string TypeByName() => Answer.Of(
        Type.GetType("System.Int32"), Type.GetType("System.NoSuchThing") is null, Type.GetType("ToroCosmos.Programs.Subjects.Reflections+Sample, ToroCosmos.Programs")?.Name, typeof(Sample).Assembly.GetType("ToroCosmos.Programs.Answer")?.Name);

    private static string NullabilityOfMembers()
    {
        var context = new NullabilityInfoContext();
        return Answer.Of(context.Create(Members<Sample>().GetProperty("Name")!).ReadState, context.Create(Members<Sample>().GetProperty("Number")!).ReadState);
    }

    private static string Parameters()
    {
        ParameterInfo[] parameters = Members<Sample>().GetMethod("Join")!.GetParameters();
        return Answer.Of(parameters.Select(parameter => $"{parameter.Position}{parameter.Name}:{parameter.ParameterType.Name}"), Members<Sample>().GetMethod("Optional")!.GetParameters()[0].DefaultValue, Members<Sample>().GetMethod("Join")!.ReturnType.Name);
    }

    private static string ArraysByReflection()
    {
        var numbers = Array.CreateInstance(typeof(int), 3);
        numbers.SetValue(5, 1);
        return Answer.Of(numbers, numbers.GetType().GetElementType()!.Name, numbers.GetType().GetArrayRank(), typeof(string).MakeArrayType().Name, typeof(int).MakeArrayType(2).Name, typeof(int).MakePointerType().Name, typeof(int).MakeByRefType().IsByRef);
    }

    private static string BindingErrors()
    {
        List<string> errors = [];
        Try(() => Members<Sample>().GetMethod("Add")!.Invoke(new Sample(1), [1]));
        Try(() => Members<Sample>().GetMethod("Add")!.Invoke(new Sample(1), ["x", 2]));
        Try(() => Members<Sample>().GetMethod("Add")!.Invoke(null, [1, 2]));
        Try(() => Activator.CreateInstance(typeof(IDisposable)));
        return Answer.Of(errors);

        void Try(Func<object?> action)
        {
            try
            {
                errors.Add($"{action()}");
            }
            catch (Exception exception)
            {
                errors.Add(exception.GetType().Name);
            }
        }
    }

    private static string Converters() => Answer.Of(
        TypeDescriptor.GetConverter(typeof(int)).ConvertFromInvariantString("42"), TypeDescriptor.GetConverter(typeof(DateTime)).CanConvertFrom(typeof(string)), TypeDescriptor.GetConverter(typeof(Colour)).ConvertFrom("Green"),
        TypeDescriptor.GetConverter(typeof(TimeSpan)).ConvertToInvariantString(TimeSpan.FromHours(2)), TypeDescriptor.GetProperties(new Sample(1)).Count);

    private static string Uninitialized()
    {
        var sample = (Sample)RuntimeHelpers.GetUninitializedObject(typeof(Sample));
        return Answer.Of(sample.Number, sample.Name is null, sample.Hidden);
    }

    private static string AssemblyFacts() => Answer.Of(
        typeof(Reflections).Assembly.GetName().Name, Assembly.GetExecutingAssembly() == typeof(Reflections).Assembly, typeof(int).Assembly.GetName().Name);

    private static string TypeCodes() => Answer.Of(Type.GetTypeCode(typeof(decimal)), typeof(int).IsPrimitive, typeof(DateTime).IsValueType, typeof(Action).IsSealed, typeof(IDisposable).IsInterface, typeof(Reflections).IsAbstract, Nullable.GetUnderlyingType(typeof(int?))!.Name);

    private static string DefaultValues() => Answer.Of(default(int), default(string), default(DateTime).Ticks, default(Guid), default((int, bool)), default(Colour), default(TimeSpan?));

    private static string MethodBaseNames() => Answer.Of(MethodBase.GetCurrentMethod()!.Name, new Func<string>(MethodBaseNames).Method.DeclaringType!.Name);

    private static Type Members<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>() => typeof(T);

    private static Type Members([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type) => type;

    private static string NameOf<T>(T value) => $"{typeof(T).Name}={value}";

    private static string Shout(string text) => text.ToUpperInvariant();

    [Flags]
    internal enum Colour : short
    {
        None,
        Red = 1,
        Green = 2,
        Blue = 4,
    }

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class NoteAttribute(string text) : Attribute
    {
        public string Text => text;

        public int Level { get; set; }
    }

    [Description("a sample")]
    internal sealed class Sample(int number) : IDisposable
    {
        public const int Constant = 12;

#pragma warning disable IDE0044 // Written by reflection.
        private int _hidden = number + 1;
#pragma warning restore IDE0044

        public event Action? Happened;

        public string? Name { get; set; }

        public int Number { get; } = number;

        public int Hidden => _hidden;

        public int this[int index] => index * index;

        [Note("adds", Level = 2)]
        public int Add(int a, [Note("second")] int b) => Number + a + b;

        public string Join(string separator, params string[] parts) => string.Join(separator, parts);

        public int Optional(int n = 8) => n;

        public void Fail() => throw new InvalidOperationException("on purpose");

        public void Raise() => Happened?.Invoke();

        public void Dispose() => Happened = null;

        private static string Twice(string text) => text + text;

        internal struct Inner
        {
            public int Value { get; set; }
        }
    }

    internal sealed record Pair<T1, T2>(T1 First, T2 Second);
}
