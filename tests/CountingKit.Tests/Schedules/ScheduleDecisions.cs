using CountingKit.Schedules;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.Schedules;

public sealed class ScheduleDecisions
{
    private static readonly Guid Exporter = Guid.CreateVersion7();
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Schedule Daily = new(ScheduleKind.Daily, "Europe/London", new(6, 0));
    private static readonly Schedule Weekly = new(ScheduleKind.Weekly, "UTC", new(7, 0), Days: [DayOfWeek.Monday]);

    [Fact]
    public void A_schedule_is_added_changed_paused_resumed_and_removed() => Given.Nothing(ExporterSchedules.Decider)
        .When(state => ExporterSchedules.Add(state, Exporter, Id, Daily)).Then(new ScheduleAdded(Exporter, Id, Daily))
        .When(state => ExporterSchedules.Change(state, Exporter, Id, Weekly)).Then(new ScheduleChanged(Exporter, Id, Weekly, Daily))
        .When(state => ExporterSchedules.Pause(state, Exporter, Id)).Then(new SchedulePaused(Exporter, Id, Weekly))
        .When(state => ExporterSchedules.Resume(state, Exporter, Id)).Then(new ScheduleResumed(Exporter, Id, Weekly))
        .When(state => ExporterSchedules.Remove(state, Exporter, Id)).Then(new ScheduleRemoved(Exporter, Id, Weekly));

    [Fact]
    public void What_is_so_already_is_no_change() => Given
        .Events(ExporterSchedules.Decider, new ScheduleAdded(Exporter, Id, Weekly), new SchedulePaused(Exporter, Id, Weekly))
        .When(state => ExporterSchedules.Change(state, Exporter, Id, Weekly with { Days = [DayOfWeek.Monday] })).ThenNothing()
        .When(state => ExporterSchedules.Pause(state, Exporter, Id)).ThenNothing()
        .When(state => ExporterSchedules.Remove(state, Exporter, Guid.CreateVersion7())).ThenNothing();

    [Fact]
    public void What_was_removed_is_gone() => Given
        .Events(ExporterSchedules.Decider, new ScheduleAdded(Exporter, Id, Daily), new ScheduleRemoved(Exporter, Id, Daily))
        .When(state => ExporterSchedules.Change(state, Exporter, Id, Weekly)).ThenRefused("CK-SCHEDULE-01");

    [Fact]
    public void An_exporter_has_ten_at_most() => Given
        .Events(ExporterSchedules.Decider, [.. Enumerable.Range(0, 10).Select(_ => new ScheduleAdded(Exporter, Guid.CreateVersion7(), Daily))])
        .When(state => ExporterSchedules.Add(state, Exporter, Id, Daily)).ThenRefused("CK-SCHEDULE-10");

    [Fact]
    public void All_are_paused_and_resumed_by_one_switch() => Given.Nothing(AllSchedules.Decider)
        .When(state => AllSchedules.Resume(state, Id)).ThenNothing()
        .When(state => AllSchedules.Pause(state, Id)).Then(new AllSchedulesPaused(Id))
        .When(state => AllSchedules.Pause(state, Id)).ThenNothing()
        .When(state => AllSchedules.Resume(state, Id)).Then(new AllSchedulesResumed(Id));

    [Fact]
    public void The_trail_tells_what_it_was_and_what_it_is() => CountingKitRegistration.Events()
        .AuditOf(new ScheduleChanged(Exporter, Id, Weekly, Daily)).Words
        .Should().Be("Changed a schedule (Every day at 06:00, London → Mon at 07:00, UTC)");
}
