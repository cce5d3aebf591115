using System;
using System.Globalization;
using System.Linq;

namespace ToroCosmos.Programs.Subjects;

internal static class Dates
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    public static ProgramGroup All { get; } = new(nameof(Dates))
    {
        Arithmetic, LeapYears, WeekDays, StandardFormats, CustomFormats, Parsing, ExactParsing, ParseFailures, TimeSpans, TimeSpanFormats,
        Offsets, DatesOnly, TimesOnly, Kinds, UnixTime, IsoWeeks, GregorianCalendars, OtherCalendars, OutOfRange, MonthEnds, UtcZone, CustomZones,
        ZoneWithRules, NowIsNear, Ticking, RoundTripFormat,
    };

    private static string Arithmetic()
    {
        var start = new DateTime(2026, 11, 25, 23, 59, 58, 500);
        return Answer.Of(
            start.AddSeconds(2.25).ToString("O"), (start - new DateTime(2025, 12, 31)).TotalDays.ToString("F6", s_invariant), start.AddDays(-400).ToString("s"), start.Ticks, start.Date < start, start.TimeOfDay.ToString());
    }

    private static string LeapYears() => Answer.Of(
        DateTime.IsLeapYear(1900), DateTime.IsLeapYear(2000), DateTime.DaysInMonth(2024, 2), new DateTime(2024, 2, 29).AddYears(1).ToString("d", s_invariant), new DateTime(2024, 12, 31).DayOfYear);

    private static string WeekDays() => Answer.Of(Enumerable.Range(0, 7).Select(i => new DateTime(2026, 11, 25).AddDays(i).DayOfWeek), DateTime.MinValue.DayOfWeek);

    private static string StandardFormats()
    {
        var moment = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
        return Answer.Of("dDtTfFgGmMrRsuUyYoO".Select(format => moment.ToString(format.ToString(), s_invariant)));
    }

    private static string CustomFormats()
    {
        var moment = new DateTime(2026, 1, 2, 15, 4, 5, 678).AddTicks(9);
        return Answer.Of(
            moment.ToString("dddd, d MMMM yyyy", s_invariant), moment.ToString("yy-M-d h:m:s tt", s_invariant), moment.ToString("HH:mm:ss.fffffff", s_invariant), moment.ToString("ss.FFF 'sec' \\h", s_invariant), moment.ToString("ddd MMM gg", s_invariant));
    }

    private static string Parsing() => Answer.Of(
        DateTime.Parse("2026-11-25T01:02:03Z", s_invariant, DateTimeStyles.RoundtripKind).ToString("O"), DateTime.Parse("11/25/2026 1:05 PM", s_invariant).ToString("s"), DateTime.Parse("25 Nov 2026", s_invariant).ToString("s"),
        DateTime.Parse("2026-11-25 10:00 +02:00", s_invariant, DateTimeStyles.AdjustToUniversal).ToString("O"), DateTime.TryParse("2026-02-30", s_invariant, out _));

    private static string ExactParsing() => Answer.Of(
        DateTime.ParseExact("20261125-0102", "yyyyMMdd-HHmm", s_invariant).ToString("s"), DateTime.TryParseExact("25.11.26", ["dd.MM.yyyy", "dd.MM.yy"], s_invariant, DateTimeStyles.None, out DateTime day), day.Year, TimeSpan.ParseExact("1:30", @"h\:mm", s_invariant));

    private static string ParseFailures()
    {
        try
        {
            return DateTime.Parse("the day after", s_invariant).ToString("s");
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static string TimeSpans() => Answer.Of(
        TimeSpan.FromMinutes(90), TimeSpan.FromDays(1.5).TotalHours, new TimeSpan(1, 2, 3, 4, 5), TimeSpan.FromSeconds(1) / 3, TimeSpan.FromHours(1) * 2.5, TimeSpan.Parse("-1.02:03:04.5", s_invariant).Duration(), TimeSpan.FromHours(5) / TimeSpan.FromHours(2));

    private static string TimeSpanFormats()
    {
        var span = new TimeSpan(3, 4, 5, 6, 70);
        return Answer.Of(span.ToString("c"), span.ToString("g", s_invariant), span.ToString("G", s_invariant), span.ToString(@"d\d\ hh\:mm", s_invariant), TimeSpan.MinValue);
    }

    private static string Offsets()
    {
        var moment = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.FromHours(-5));
        return Answer.Of(
            moment.UtcDateTime.ToString("O"), moment.ToOffset(TimeSpan.FromHours(9)).ToString("O"), moment == new DateTimeOffset(2026, 11, 25, 15, 0, 0, TimeSpan.Zero), moment.EqualsExact(moment.ToUniversalTime()), DateTimeOffset.Parse("2026-11-25 10:00 +05:30", s_invariant).Offset);
    }

    private static string DatesOnly()
    {
        DateOnly day = new(2026, 11, 25);
        return Answer.Of(day.AddMonths(3).ToString("O"), day.DayNumber, day.ToDateTime(new TimeOnly(1, 2)).ToString("s"), DateOnly.Parse("12/31/2025", s_invariant) < day, day.ToString("D", s_invariant));
    }

    private static string TimesOnly()
    {
        TimeOnly time = new(23, 30);
        return Answer.Of(time.AddHours(1, out int days).ToString("O"), days, time.IsBetween(new TimeOnly(22, 0), new TimeOnly(2, 0)), new TimeOnly(1, 0) - time, TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(61)).ToString("t", s_invariant));
    }

    private static string Kinds()
    {
        var utc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Answer.Of(utc.Kind, DateTime.SpecifyKind(utc, DateTimeKind.Unspecified).Kind, utc.ToUniversalTime().Hour, utc == DateTime.SpecifyKind(utc, DateTimeKind.Local), DateTime.UtcNow.Kind);
    }

    private static string UnixTime() => Answer.Of(
        DateTimeOffset.FromUnixTimeSeconds(1_800_000_000).ToString("O"), new DateTimeOffset(1969, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), DateTime.UnixEpoch.Ticks);

    private static string IsoWeeks() => Answer.Of(
        ISOWeek.GetWeekOfYear(new DateTime(2027, 1, 1)), ISOWeek.GetYear(new DateTime(2027, 1, 1)), ISOWeek.GetWeeksInYear(2026), ISOWeek.ToDateTime(2026, 1, DayOfWeek.Monday).ToString("d", s_invariant));

    private static string GregorianCalendars()
    {
        var calendar = new GregorianCalendar();
        var day = new DateTime(2026, 11, 25);
        return Answer.Of(calendar.GetWeekOfYear(day, CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Monday), calendar.GetDaysInYear(2024), calendar.AddMonths(day, 14).ToString("d", s_invariant), s_invariant.Calendar.GetEra(day));
    }

    private static string OtherCalendars()
    {
        var day = new DateTime(2026, 11, 25);
        HebrewCalendar hebrew = new();
        HijriCalendar hijri = new();
        PersianCalendar persian = new();
        JulianCalendar julian = new();
        return Answer.Of(hebrew.GetYear(day), hebrew.GetMonth(day), hijri.GetYear(day), persian.GetYear(day), persian.GetDayOfMonth(day), julian.GetDayOfMonth(day), new ThaiBuddhistCalendar().GetYear(day));
    }

    private static string OutOfRange() => new DateTime(2026, 2, 29).ToString("s");

    private static string MonthEnds() => Answer.Of(new DateTime(2026, 1, 31).AddMonths(1).Day, new DateTime(2026, 3, 31).AddMonths(-1).Day, new DateOnly(2024, 1, 31).AddMonths(1).Day);

    private static string UtcZone()
    {
        TimeZoneInfo utc = TimeZoneInfo.Utc;
        return Answer.Of(utc.BaseUtcOffset, utc.SupportsDaylightSavingTime, TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 1, 1, 5, 0, 0, DateTimeKind.Utc)).Hour, utc.GetUtcOffset(DateTime.UnixEpoch));
    }

    private static string CustomZones()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("Nepal", new TimeSpan(5, 45, 0), "Nepal time", "Nepal");
        return Answer.Of(TimeZoneInfo.ConvertTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), zone).ToString("O"), zone.Id, zone.StandardName, TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 1, 1), zone).ToString("s"));
    }

    private static string ZoneWithRules()
    {
        var begin = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var end = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), begin, end);
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("Middle", TimeSpan.FromHours(1), "Middle", "Middle", "Middle summer", [rule]);
        return Answer.Of(
            zone.GetUtcOffset(new DateTime(2026, 7, 1)), zone.GetUtcOffset(new DateTime(2026, 12, 1)), zone.IsInvalidTime(new DateTime(2026, 3, 29, 2, 30, 0)), zone.IsAmbiguousTime(new DateTime(2026, 10, 25, 2, 30, 0)));
    }

    private static string NowIsNear()
    {
        DateTime now = DateTime.Now, utc = DateTime.UtcNow;
        return Answer.Of(now.Year is >= 2025 and < 2100, Math.Abs((now.ToUniversalTime() - utc).TotalSeconds) < 10, now.Kind, DateTime.Today == now.Date || DateTime.Today == now.Date.AddDays(1), (DateTimeOffset.UtcNow.UtcDateTime - utc).TotalSeconds < 10);
    }

    private static string Ticking()
    {
        long before = Environment.TickCount64, stamp = System.Diagnostics.Stopwatch.GetTimestamp();
        DateTime start = DateTime.UtcNow;
        while (DateTime.UtcNow - start < TimeSpan.FromMilliseconds(30))
        {
        }

        TimeSpan elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(stamp);
        return Answer.Of(elapsed.TotalMilliseconds >= 20, Environment.TickCount64 - before >= 15, System.Diagnostics.Stopwatch.IsHighResolution, TimeProvider.System.GetUtcNow() > start);
    }

    private static string RoundTripFormat()
    {
        var moment = new DateTimeOffset(2026, 11, 25, 1, 2, 3, TimeSpan.FromHours(3)).AddTicks(1234567);
        return Answer.Of(DateTimeOffset.ParseExact(moment.ToString("O"), "O", s_invariant) == moment, DateTime.Parse(moment.UtcDateTime.ToString("O"), s_invariant, DateTimeStyles.RoundtripKind).Ticks == moment.UtcTicks);
    }
}
