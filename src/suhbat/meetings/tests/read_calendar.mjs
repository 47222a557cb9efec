// Reads a calendar file with ical.js and prints the facts that the tests check, as JSON.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid, summary: event.summary, sequence: event.sequence, description: event.description,
    location: event.location, allDay: event.startDate.isDate, starts: event.startDate.toString(),
    startsUtc: event.startDate.convertToZone(ICAL.Timezone.utcTimezone).toString(), zone: event.startDate.zone.tzid,
    ends: event.endDate.toString(), status: component.getFirstPropertyValue("status"), organizer: event.organizer,
    attendees: event.attendees.map((who) => who.getParameter("cn")),
    conference: component.getFirstPropertyValue("conference"),
    features: component.getFirstProperty("conference")?.getParameter("feature") ?? null,
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
