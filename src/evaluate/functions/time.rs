//! Points in time given as text. What the clock says now is never known.

use ecow::EcoString;

use super::argument::{fail, give, limit, text};
use super::{Failure, Outcome, functions};
use crate::model::Value;

functions! {
    whole "formatdate"(2) = formatdate;
    impure "plantimestamp"(0);
    whole "timeadd"(2) = timeadd;
    whole "timecmp"(2) = timecmp;
    impure "timestamp"(0);
}

/// A point in time of RFC 3339 with its offset.
#[derive(Clone, Copy)]
struct Moment {
    /// Seconds since 1970 in local time, that is with the offset added.
    local: i64,
    nanos: i64,
    /// Seconds east of UTC.
    offset: i64,
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. March is the first month of the computation,
/// so that the leap day comes last.
fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + next, month, day)
}

impl Moment {
    fn parse(text: &str) -> Result<Moment, Failure> {
        Moment::read(text).map_or_else(|| fail("the text is not a time such as 2006-01-02T15:04:05Z"), Ok)
    }

    fn read(text: &str) -> Option<Moment> {
        let bytes = text.as_bytes();
        let fixed = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        if fixed.iter().any(|(at, sign)| bytes.get(*at) != Some(sign)) || *bytes.get(10)? != b'T' {
            return None;
        }
        let part = |from: usize, to: usize| -> Option<i64> {
            let digits = text.get(from..to)?;
            if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
        };
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
        if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let days = days_from_date(year, month, day);
        if date_from_days(days) != (year, month, day) {
            return None;
        }
        let mut rest = text.get(19..)?;
        let mut nanos = 0;
        if let Some(fraction) = rest.strip_prefix('.') {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let digits = fraction.get(..length)?;
            if length == 0 {
                return None;
            }
            nanos = format!("{digits:0<9}").get(..9)?.parse().ok()?;
            rest = fraction.get(length..)?;
        }
        let offset = match rest {
            "Z" => 0,
            _ => {
                let sign = match rest.as_bytes().first()? {
                    b'+' => 1,
                    b'-' => -1,
                    _ => return None,
                };
                let (hours, minutes) = rest.get(1..)?.split_once(':')?;
                if hours.len() != 2 || minutes.len() != 2 {
                    return None;
                }
                let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                sign * (hours * 3_600 + minutes * 60)
            }
        };
        Some(Moment { local: days * 86_400 + hour * 3_600 + minute * 60 + second, nanos, offset })
    }

    fn utc(self) -> (i64, i64) {
        (self.local - self.offset, self.nanos)
    }

    fn zone(self, colon: bool) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs() / 60;
        format!("{sign}{:02}{}{:02}", minutes / 60, if colon { ":" } else { "" }, minutes % 60)
    }

    fn written(self) -> String {
        let (year, month, day) = date_from_days(self.local.div_euclid(86_400));
        let second = self.local.rem_euclid(86_400);
        let zone = if self.offset == 0 { "Z".to_owned() } else { self.zone(true) };
        // The language prints whole seconds.
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}{zone}", second / 3_600, second / 60 % 60, second % 60)
    }
}

/// A point in time as the language writes it.
pub(super) fn normal(text: &str) -> Option<String> {
    Moment::read(text).map(Moment::written)
}

fn timecmp(args: &[Value]) -> Outcome {
    let (left, right) = (Moment::parse(&text(args, 0)?)?.utc(), Moment::parse(&text(args, 1)?)?.utc());
    Ok(Value::Number((left.cmp(&right) as i64).into()))
}

fn timeadd(args: &[Value]) -> Outcome {
    let moment = Moment::parse(&text(args, 0)?)?;
    let nanos = duration(&text(args, 1)?)?;
    let total = i128::from(moment.local) * 1_000_000_000 + i128::from(moment.nanos) + nanos;
    let local = i64::try_from(total.div_euclid(1_000_000_000)).unwrap_or(i64::MAX);
    // Years of five digits have no form in RFC 3339.
    if !(-62_167_219_200..253_402_300_800).contains(&local) {
        return limit("years past 9999 are not evaluated");
    }
    give(Moment { local, nanos: total.rem_euclid(1_000_000_000) as i64, ..moment }.written())
}

/// A duration such as `1h30m` or `-1.5s`, in nanoseconds.
fn duration(text: &str) -> Result<i128, Failure> {
    let wrong = || Failure::Invalid("the text is not a duration such as 1h30m".into());
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(wrong());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (number, after) = rest.split_at(length);
        let units: [(&str, i128); 7] = [
            ("ns", 1),
            ("us", 1_000),
            ("µs", 1_000),
            ("ms", 1_000_000),
            ("s", 1_000_000_000),
            ("m", 60_000_000_000),
            ("h", 3_600_000_000_000),
        ];
        let (unit, size) = units.into_iter().find(|(unit, _)| after.starts_with(unit)).ok_or_else(wrong)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || whole.len() > 15 || fraction.contains('.') {
            return Err(wrong());
        }
        total += whole.parse::<i128>().unwrap_or(0) * size;
        let mut part = size;
        for digit in fraction.bytes() {
            part /= 10;
            total += i128::from(digit - b'0') * part;
        }
        rest = after.get(unit.len()..).unwrap_or("");
    }
    Ok(sign * total)
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

fn formatdate(args: &[Value]) -> Outcome {
    let pattern = text(args, 0)?;
    let moment = Moment::parse(&text(args, 1)?)?;
    let days = moment.local.div_euclid(86_400);
    let (year, month, day) = date_from_days(days);
    let second = moment.local.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let half = if hour % 12 == 0 { 12 } else { hour % 12 };
    let weekday = DAYS.get(days.rem_euclid(7) as usize).copied().unwrap_or_default();
    let month_name = MONTHS.get((month - 1) as usize).copied().unwrap_or_default();
    let short = |name: &'static str| name.get(..3).unwrap_or(name).to_owned();

    let mut out = EcoString::new();
    let mut rest = pattern.as_str();
    while let Some(letter) = rest.chars().next() {
        if letter == '\'' {
            rest = match rest.strip_prefix("''") {
                // Two with nothing between them are one that is written.
                Some(after) => {
                    out.push('\'');
                    after
                }
                None => quoted(rest, &mut out)?,
            };
            continue;
        }
        let length = rest.chars().take_while(|next| *next == letter).count() * letter.len_utf8();
        let (word, after) = rest.split_at(length);
        rest = after;
        let written = match word {
            "YYYY" => format!("{year:04}"),
            "YY" => format!("{:02}", year % 100),
            "MMMM" => month_name.to_owned(),
            "MMM" => short(month_name),
            "MM" => format!("{month:02}"),
            "M" => month.to_string(),
            "DD" => format!("{day:02}"),
            "D" => day.to_string(),
            "EEEE" => weekday.to_owned(),
            "EEE" => short(weekday),
            "hh" => format!("{hour:02}"),
            "h" => hour.to_string(),
            "HH" => format!("{half:02}"),
            "H" => half.to_string(),
            "AA" => if hour < 12 { "AM" } else { "PM" }.to_owned(),
            "aa" => if hour < 12 { "am" } else { "pm" }.to_owned(),
            "mm" => format!("{minute:02}"),
            "m" => minute.to_string(),
            "ss" => format!("{second:02}"),
            "s" => second.to_string(),
            "ZZZZZ" => moment.zone(true),
            "ZZZZ" => moment.zone(false),
            "ZZZ" if moment.offset == 0 => "UTC".to_owned(),
            "ZZZ" => moment.zone(false),
            "Z" if moment.offset == 0 => "Z".to_owned(),
            "Z" => moment.zone(true),
            _ if letter.is_ascii_alphabetic() => return fail(format!("{word:?} has no meaning in a date's pattern")),
            plain => plain.to_owned(),
        };
        out.push_str(&written);
    }
    give(out)
}

/// Text between single quotes stands for itself; two quotes inside it are one.
fn quoted<'t>(pattern: &'t str, out: &mut EcoString) -> Result<&'t str, Failure> {
    let mut rest = pattern.get(1..).unwrap_or("");
    loop {
        let Some(end) = rest.find('\'') else {
            // Two at the very end close it too.
            return if rest.is_empty() && pattern.len() > 1 { Ok(rest) } else { fail("a single quote is not closed") };
        };
        let (text, after) = rest.split_at(end);
        out.push_str(text);
        let after = after.get(1..).unwrap_or("");
        match after.strip_prefix('\'') {
            Some(more) => {
                out.push('\'');
                rest = more;
            }
            None => return Ok(after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse() {
        assert_eq!(days_from_date(1970, 1, 1), 0);
        assert_eq!(days_from_date(2000, 3, 1), 11_017);
        for day in (-800_000..3_000_000).step_by(97) {
            let (year, month, date) = date_from_days(day);
            assert_eq!(days_from_date(year, month, date), day);
        }
    }

    #[test]
    fn durations() {
        assert_eq!(duration("1h30m").unwrap(), 5_400_000_000_000);
        assert_eq!(duration("-1.5s").unwrap(), -1_500_000_000);
        assert!(duration("1").is_err());
        assert!(duration("").is_err());
    }
}
