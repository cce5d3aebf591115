using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ToroCosmos.Programs.Subjects;

internal static class LinqQueries
{
    private static readonly (string Name, string City, int Age)[] s_people =
    [
        ("Ada", "London", 36), ("Alan", "London", 41), ("Grace", "New York", 85), ("Edsger", "Rotterdam", 72), ("Barbara", "New York", 79),
    ];

    public static ProgramGroup All { get; } = new(nameof(LinqQueries))
    {
        WhereSelect, QuerySyntax, GroupBy, GroupByWithKeys, Joins, GroupJoins, LeftJoins, SelectMany, OrderByThenBy, OrderWithComparer,
        AggregateSums, Averages, MinByMaxBy, DistinctUnion, IntersectExcept, SetByKey, ZipThree, Chunks, SkipTakeRanges, TakeWhiles,
        FirstSingleLast, SingleFails, ToLookups, ToDictionaries, DuplicateKeys, RangeRepeat, ConcatAppend, AnyAllContains, CastOfType,
        DeferredExecution, CountBys, AggregateBys, Indexes, DefaultIfEmpty, SequenceEquality, ReverseLast, LetAndInto, NestedGroups,
        QueryableInMemory, Shuffled,
    };

    private static string WhereSelect() => Answer.Of(s_people.Where(p => p.Age > 40).Select((p, i) => $"{i}:{p.Name}"));

    private static string QuerySyntax() => Answer.Of(
        from person in s_people
        where person.City.Contains(' ')
        orderby person.Name
        select person.Name.ToUpperInvariant());

    private static string GroupBy() => Answer.Of(
        s_people.GroupBy(p => p.City).Select(group => $"{group.Key}: {string.Join('+', group.Select(p => p.Name))}"));

    private static string GroupByWithKeys() => Answer.Of(
        s_people.GroupBy(p => p.Age / 10, p => p.Age, (decade, ages) => (decade, ages.Sum())).OrderBy(pair => pair.decade));

    private static string Joins()
    {
        (string City, string Country)[] cities = [("London", "UK"), ("New York", "USA")];
        return Answer.Of(s_people.Join(cities, p => p.City, c => c.City, (p, c) => $"{p.Name}/{c.Country}"));
    }

    private static string GroupJoins()
    {
        string[] cities = ["Rotterdam", "Paris", "London"];
        return Answer.Of(
            from city in cities
            join person in s_people on city equals person.City into people
            select $"{city}={people.Count()}");
    }

    private static string LeftJoins()
    {
        string[] cities = ["Rotterdam", "Paris"];
        return Answer.Of(cities.LeftJoin(s_people, c => c, p => p.City, (c, p) => $"{c}:{p.Name ?? "-"}"));
    }

    private static string SelectMany() => Answer.Of(
        Enumerable.Range(1, 3).SelectMany(n => Enumerable.Repeat(n, n), (n, m) => n * m),
        from a in "ab" from b in "xy" select $"{a}{b}");

    private static string OrderByThenBy() => Answer.Of(
        s_people.OrderBy(p => p.City).ThenByDescending(p => p.Age).Select(p => p.Name), s_people.Select(p => p.Age).OrderDescending());

    private static string OrderWithComparer() => Answer.Of(
        new[] { "b", "A", "a", "B", "_" }.Order(StringComparer.Ordinal), new[] { "b", "A", "c" }.Order(StringComparer.OrdinalIgnoreCase));

    private static string AggregateSums() => Answer.Of(
        s_people.Sum(p => p.Age), Enumerable.Range(1, 10).Aggregate(1L, (product, n) => product * n), new[] { "a", "b", "c" }.Aggregate((a, b) => b + a),
        new decimal[] { 0.1m, 0.2m }.Sum(), new int?[] { 1, null, 3 }.Sum());

    private static string Averages() => Answer.Of(
        s_people.Average(p => p.Age), new[] { 1L, 2L }.Average(), new double?[] { null }.Average(), new[] { 1f, 2.5f }.Average());

    private static string MinByMaxBy() => Answer.Of(
        s_people.MinBy(p => p.Age).Name, s_people.MaxBy(p => p.Name.Length).Name, new[] { double.NaN, 1 }.Min(), new[] { "b", "a" }.Max());

    private static string DistinctUnion() => Answer.Of(
        new[] { 3, 1, 3, 2, 1 }.Distinct(), new[] { "a", "A", "b" }.Distinct(StringComparer.OrdinalIgnoreCase), new[] { 1, 2 }.Union([2, 3]));

    private static string IntersectExcept() => Answer.Of(new[] { 1, 2, 3, 2 }.Intersect([2, 3, 4]), new[] { 1, 2, 3 }.Except([2]));

    private static string SetByKey() => Answer.Of(
        s_people.DistinctBy(p => p.City).Select(p => p.Name), s_people.ExceptBy(["London"], p => p.City).Count(),
        new[] { -1, 2 }.UnionBy([1, 3], Math.Abs));

    private static string ZipThree() => Answer.Of(new[] { 1, 2, 3 }.Zip(["a", "b"], [true, false]), new[] { 1, 2 }.Zip([10, 20], (a, b) => a + b));

    private static string Chunks() => Answer.Of(Enumerable.Range(0, 7).Chunk(3));

    private static string SkipTakeRanges() => Answer.Of(
        Enumerable.Range(0, 10).Skip(2).Take(3), Enumerable.Range(0, 10).Take(^3..^1), Enumerable.Range(0, 5).SkipLast(2), Enumerable.Range(0, 5).TakeLast(2));

    private static string TakeWhiles() => Answer.Of(new[] { 1, 2, 9, 3 }.TakeWhile(n => n < 5), new[] { 1, 2, 9, 3 }.SkipWhile(n => n < 5));

    private static string FirstSingleLast() => Answer.Of(
        s_people.First().Name, s_people.Last(p => p.Age < 50).Name, s_people.Single(p => p.Age == 72).Name, s_people.FirstOrDefault(p => p.Age > 99).Name,
        new[] { 1 }.ElementAt(^1), new int[0].LastOrDefault(-1));

    private static string SingleFails()
    {
        try
        {
            return s_people.Single(p => p.City == "London").Name;
        }
        catch (InvalidOperationException several)
        {
            try
            {
                return Enumerable.Empty<int>().First().ToString();
            }
            catch (InvalidOperationException none)
            {
                return Answer.Of(several.Message, none.Message);
            }
        }
    }

    private static string ToLookups()
    {
        ILookup<int, string> lookup = s_people.ToLookup(p => p.Name.Length, p => p.Name);
        return Answer.Of(lookup[3], lookup[9], lookup.Count, lookup.Contains(7));
    }

    private static string ToDictionaries() => Answer.Of(
        s_people.ToDictionary(p => p.Name, p => p.Age)["Grace"], new[] { (1, "a"), (2, "b") }.ToDictionary()[2], "hello".ToHashSet().Count);

    private static string DuplicateKeys() => Answer.Of(s_people.ToDictionary(p => p.City).Count);

    private static string RangeRepeat() => Answer.Of(Enumerable.Range(-2, 5), Enumerable.Repeat("x", 3), Enumerable.Sequence(1, 10, 4));

    private static string ConcatAppend() => Answer.Of(new[] { 1 }.Concat([2, 3]).Append(4).Prepend(0).Select(n => n * 2));

    private static string AnyAllContains() => Answer.Of(
        s_people.Any(), s_people.All(p => p.Age > 30), s_people.Select(p => p.Name).Contains("ADA", StringComparer.OrdinalIgnoreCase), new int[0].All(n => n > 0));

    private static string CastOfType()
    {
        object[] mixed = [1, "two", 3.0, 4, null!];
        return Answer.Of(mixed.OfType<int>(), mixed.OfType<string>(), new object[] { 1, 2 }.Cast<int>().Sum(), mixed.TryGetNonEnumeratedCount(out int count), count);
    }

    private static string DeferredExecution()
    {
        List<string> log = [];
        List<int> source = [1, 2];
        IEnumerable<int> query = source.Select(n =>
        {
            log.Add("s" + n);
            return n;
        }).Where(n => n > 1);
        source.Add(3);
        int before = log.Count;
        return Answer.Of(before, query.First(), log, query.Count(), log.Count);
    }

    private static string CountBys() => Answer.Of("mississippi".CountBy(c => c).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}{pair.Value}"));

    private static string AggregateBys() => Answer.Of(
        s_people.AggregateBy(p => p.City, 0, (sum, p) => sum + p.Age).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Indexes() => Answer.Of("abc".Index().Select(pair => $"{pair.Index}{pair.Item}"));

    private static string DefaultIfEmpty() => Answer.Of(new int[0].DefaultIfEmpty(7), new int[0].Sum(), Enumerable.Empty<string>().DefaultIfEmpty());

    private static string SequenceEquality() => Answer.Of(
        new[] { 1, 2 }.SequenceEqual(new List<int> { 1, 2 }), "AB".SequenceEqual("ab"), new[] { "A" }.SequenceEqual(["a"], StringComparer.OrdinalIgnoreCase));

    private static string ReverseLast() => Answer.Of(Enumerable.Range(1, 4).Reverse(), "abc".Reverse());

    private static string LetAndInto() => Answer.Of(
        from word in "the quick brown fox".Split(' ')
        let length = word.Length
        group word by length into sameLength
        where sameLength.Count() > 1
        orderby sameLength.Key descending
        select $"{sameLength.Key}:{string.Join(',', sameLength)}");

    private static string NestedGroups() => Answer.Of(
        s_people.GroupBy(p => p.City[0]).OrderBy(g => g.Key)
            .Select(g => $"{g.Key}({string.Join(' ', g.GroupBy(p => p.Age % 2).OrderBy(h => h.Key).Select(h => $"{h.Key}:{h.Count()}"))})"));

    private static string QueryableInMemory()
    {
        IQueryable<string> query = new[] { "five", "two", "eight", "one" }.AsQueryable().Where(word => word != "one").OrderBy(word => word).Select(word => word + "!");
        return Answer.Of(query, query.Expression.NodeType.ToString());
    }

    private static string Shuffled()
    {
        int[] shuffled = [.. Enumerable.Range(0, 50).Shuffle()];
        return Answer.Of(shuffled.Length, shuffled.Order().SequenceEqual(Enumerable.Range(0, 50)), shuffled.Sum().ToString(CultureInfo.InvariantCulture));
    }
}
