using AutoMapper;
using CountingKit.Audit;
using CountingKit.Connections;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Spreadsheets;

namespace CountingKit.Web.Features.Api;

/// <summary>Read-model row → API resource. Nowhere else is anything mapped.</summary>
public sealed class ApiProfile : Profile
{
    public ApiProfile()
    {
        CreateMap<ConnectionListItem, ConnectionResource>()
            .ForMember(r => r.Id, map => map.MapFrom(c => c.ConnectionId))
            .ForMember(r => r.Organization, map => map.MapFrom(c => c.OrganizationName))
            .ForMember(r => r.Status, map => map.MapFrom(c => c.Badge.Health));
        CreateMap<ExporterRow, ExporterResource>()
            .ForMember(r => r.Id, map => map.MapFrom(e => e.ExporterId))
            .ForMember(r => r.Data, map => map.MapFrom(e => e.Dataset))
            .ForMember(r => r.Paused, map => map.MapFrom(e => e.IsPaused))
            .ForMember(r => r.ActiveRun, map => map.MapFrom(e => e.ActiveRunId));
        CreateMap<RunRow, RunResource>()
            .ForMember(r => r.Id, map => map.MapFrom(run => run.RunId))
            .ForMember(r => r.Exporter, map => map.MapFrom(run => run.ExporterId))
            .ForMember(r => r.Ended, map => map.MapFrom(run => run.HasEnded))
            .ForMember(r => r.Warnings, map => map.MapFrom(run => run.ReadWarnings()));
        CreateMap<RunWarning, WarningResource>();
        CreateMap<SpreadsheetRow, SpreadsheetResource>()
            .ForMember(r => r.Id, map => map.MapFrom(s => s.SpreadsheetKey));
        CreateMap<ScheduleItem, ScheduleResource>()
            .ForMember(r => r.Id, map => map.MapFrom(s => s.ScheduleId))
            .ForMember(r => r.Words, map => map.MapFrom(s => ScheduleWords.Of(s.Schedule)))
            .ForMember(r => r.Paused, map => map.MapFrom(s => s.IsPaused))
            .ForMember(r => r.LastRun, map => map.MapFrom(s => s.LastRun == null ? (Guid?)null : s.LastRun.RunId));
        CreateMap<AuditLine, AuditResource>()
            .IncludeMembers(line => line.Row);
        CreateMap<AuditRow, AuditResource>(MemberList.None)
            .ForMember(r => r.Type, map => map.MapFrom(row => row.EventType))
            .ForMember(r => r.Correlation, map => map.MapFrom(row => row.CorrelationId));
    }
}
