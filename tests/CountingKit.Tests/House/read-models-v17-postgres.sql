CREATE TABLE "AuditActRow" (
    "CorrelationId" uuid NOT NULL,
    CONSTRAINT "PK_AuditActRow" PRIMARY KEY ("CorrelationId")
);


CREATE TABLE "AuditAspectRow" (
    "TargetId" uuid NOT NULL,
    "Aspect" text COLLATE "C" NOT NULL,
    "Json" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_AuditAspectRow" PRIMARY KEY ("TargetId", "Aspect")
);


CREATE TABLE "AuditCountRow" (
    "Id" integer NOT NULL,
    "Lines" bigint NOT NULL,
    CONSTRAINT "PK_AuditCountRow" PRIMARY KEY ("Id")
);


CREATE TABLE "AuditRow" (
    "Number" bigint NOT NULL,
    "EventId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Actor" text COLLATE "C" NOT NULL,
    "MemberId" uuid,
    "Action" text COLLATE "C" NOT NULL,
    "EventType" text COLLATE "C" NOT NULL,
    "TargetKind" text COLLATE "C" NOT NULL,
    "TargetId" uuid NOT NULL,
    "TargetName" text COLLATE "C" NOT NULL,
    "Connections" text COLLATE "C" NOT NULL,
    "Scope" uuid NOT NULL,
    "CorrelationId" uuid NOT NULL,
    "IsAct" boolean NOT NULL,
    "CommandId" uuid NOT NULL,
    "Stream" text COLLATE "C" NOT NULL,
    "Revision" bigint NOT NULL,
    "Before" text COLLATE "C",
    "After" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_AuditRow" PRIMARY KEY ("Number")
);


CREATE TABLE "AuditTargetRow" (
    "Kind" text COLLATE "C" NOT NULL,
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Scope" uuid NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_AuditTargetRow" PRIMARY KEY ("Kind", "Id")
);


CREATE TABLE "ConnectionOrganizationRow" (
    "ConnectionId" uuid NOT NULL,
    "LegalName" text COLLATE "C",
    "CountryCode" text COLLATE "C",
    "BaseCurrency" text COLLATE "C",
    "FinancialYearEndDay" integer,
    "FinancialYearEndMonth" integer,
    "TimeZone" text COLLATE "C",
    "ShortCode" text COLLATE "C",
    "IsDemo" boolean NOT NULL,
    CONSTRAINT "PK_ConnectionOrganizationRow" PRIMARY KEY ("ConnectionId")
);


CREATE TABLE "ConnectionRow" (
    "ConnectionId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Scope" uuid NOT NULL,
    "TenantId" uuid NOT NULL,
    "OrganizationName" text COLLATE "C" NOT NULL,
    "Alias" text COLLATE "C",
    "ClientCode" text COLLATE "C",
    "Tags" text COLLATE "C" NOT NULL,
    "LabelsVersion" integer NOT NULL,
    "Status" integer NOT NULL,
    "TroubleCode" text COLLATE "C",
    "IsPaused" boolean NOT NULL,
    "ConnectedAt" timestamp with time zone NOT NULL,
    "ConnectedBy" text COLLATE "C" NOT NULL,
    "ReconnectedAt" timestamp with time zone,
    "ReconnectedBy" text COLLATE "C",
    "DisconnectedAt" timestamp with time zone,
    CONSTRAINT "PK_ConnectionRow" PRIMARY KEY ("ConnectionId")
);


CREATE TABLE "ConnectionTimelineRow" (
    "ConnectionId" uuid NOT NULL,
    "Revision" bigint NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Actor" text COLLATE "C" NOT NULL,
    "Text" text COLLATE "C" NOT NULL,
    "Code" text COLLATE "C",
    CONSTRAINT "PK_ConnectionTimelineRow" PRIMARY KEY ("ConnectionId", "Revision")
);


CREATE TABLE "ExporterRow" (
    "ExporterId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "Dataset" text COLLATE "C" NOT NULL,
    "Connections" text COLLATE "C" NOT NULL,
    "Scope" uuid NOT NULL,
    "SpreadsheetKey" uuid NOT NULL,
    "SpreadsheetId" text COLLATE "C" NOT NULL,
    "TabTitle" text COLLATE "C" NOT NULL,
    "LastWrite" text COLLATE "C",
    "WrittenTab" text COLLATE "C",
    "TakenTab" text COLLATE "C",
    "SheetId" integer,
    "ConfigurationVersion" integer NOT NULL,
    "Configuration" text COLLATE "C" NOT NULL,
    "IsPaused" boolean NOT NULL,
    "DeletedAt" timestamp with time zone,
    "CreatedAt" timestamp with time zone NOT NULL,
    "ActiveRunId" uuid,
    "ActiveStatus" integer,
    "LastRunId" uuid,
    "LastOwnRunId" uuid,
    "LastStatus" integer,
    "LastWarned" boolean NOT NULL,
    "LastLookCode" text COLLATE "C",
    "WrittenAt" timestamp with time zone,
    "ReplayedAt" timestamp with time zone,
    "ReplayedBy" text COLLATE "C",
    "Rows" bigint,
    CONSTRAINT "PK_ExporterRow" PRIMARY KEY ("ExporterId")
);


CREATE TABLE "GoogleAccountRow" (
    "AccountId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Kind" integer NOT NULL,
    "Scopes" text COLLATE "C" NOT NULL,
    "ConnectedAt" timestamp with time zone NOT NULL,
    "IsExpired" boolean NOT NULL,
    "DisconnectedAt" timestamp with time zone,
    CONSTRAINT "PK_GoogleAccountRow" PRIMARY KEY ("AccountId")
);


CREATE TABLE "MemberRow" (
    "WorkspaceId" uuid NOT NULL,
    "MemberId" uuid NOT NULL,
    "Role" integer NOT NULL,
    "Connections" text COLLATE "C",
    "Since" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_MemberRow" PRIMARY KEY ("WorkspaceId", "MemberId")
);


CREATE TABLE "OwnershipRow" (
    "Kind" integer NOT NULL,
    "Id" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "Connections" text COLLATE "C" NOT NULL,
    "Scope" uuid NOT NULL,
    "Inside" uuid,
    CONSTRAINT "PK_OwnershipRow" PRIMARY KEY ("Kind", "Id")
);


CREATE TABLE "ReadCheckpointRow" (
    "Id" integer GENERATED BY DEFAULT AS IDENTITY,
    "Build" uuid NOT NULL,
    "Position" text COLLATE "C",
    "EventId" uuid,
    "IsComplete" boolean NOT NULL,
    CONSTRAINT "PK_ReadCheckpointRow" PRIMARY KEY ("Id")
);


CREATE TABLE "RunRow" (
    "RunId" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "ExporterId" uuid NOT NULL,
    "ExporterName" text COLLATE "C" NOT NULL,
    "Connections" text COLLATE "C" NOT NULL,
    "Scope" uuid NOT NULL,
    "Trigger" integer NOT NULL,
    "Actor" text COLLATE "C" NOT NULL,
    "Schedule" text COLLATE "C",
    "Status" integer NOT NULL,
    "Step" text COLLATE "C",
    "QueuedAt" timestamp with time zone NOT NULL,
    "EndedAt" timestamp with time zone,
    "WaitsUntil" timestamp with time zone,
    "CancelRequested" boolean NOT NULL,
    "ReplayOf" uuid,
    "DataAt" timestamp with time zone,
    "SpreadsheetKey" uuid NOT NULL,
    "SpreadsheetId" text COLLATE "C" NOT NULL,
    "TabTitle" text COLLATE "C" NOT NULL,
    "IsBeside" boolean NOT NULL,
    "WantedTab" text COLLATE "C",
    "TakenTab" text COLLATE "C",
    "SheetId" integer,
    "ContentHash" text COLLATE "C",
    "Rows" bigint,
    "RowsSent" bigint,
    "LeftOut" bigint,
    "Added" bigint,
    "Changed" bigint,
    "Removed" bigint,
    "XeroCalls" integer NOT NULL,
    "GoogleCalls" integer NOT NULL,
    "Milliseconds" bigint,
    "Code" text COLLATE "C",
    "Message" text COLLATE "C",
    "SheetUntouched" boolean NOT NULL,
    "SheetHeldSince" timestamp with time zone,
    "Warnings" text COLLATE "C",
    "Snapshot" text COLLATE "C",
    CONSTRAINT "PK_RunRow" PRIMARY KEY ("RunId")
);


CREATE TABLE "ScheduleRow" (
    "ScheduleId" uuid NOT NULL,
    "ExporterId" uuid NOT NULL,
    "Definition" text COLLATE "C" NOT NULL,
    "IsPaused" boolean NOT NULL,
    "AddedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ScheduleRow" PRIMARY KEY ("ScheduleId")
);


CREATE TABLE "ScopeMemberRow" (
    "Scope" uuid NOT NULL,
    "ConnectionId" uuid NOT NULL,
    CONSTRAINT "PK_ScopeMemberRow" PRIMARY KEY ("Scope", "ConnectionId")
);


CREATE TABLE "ScopeRow" (
    "Id" uuid NOT NULL,
    CONSTRAINT "PK_ScopeRow" PRIMARY KEY ("Id")
);


CREATE TABLE "SetAsideRow" (
    "Projection" text COLLATE "C" NOT NULL,
    "EventId" uuid NOT NULL,
    "Stream" text COLLATE "C" NOT NULL,
    "Revision" bigint NOT NULL,
    "EventType" text COLLATE "C" NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Code" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_SetAsideRow" PRIMARY KEY ("Projection", "EventId")
);


CREATE TABLE "SpreadsheetRow" (
    "SpreadsheetKey" uuid NOT NULL,
    "WorkspaceId" uuid NOT NULL,
    "AccountId" uuid NOT NULL,
    "SpreadsheetId" text COLLATE "C" NOT NULL,
    "Title" text COLLATE "C" NOT NULL,
    "Created" boolean NOT NULL,
    "ConnectedAt" timestamp with time zone NOT NULL,
    "TestedAt" timestamp with time zone,
    "TestCode" text COLLATE "C",
    CONSTRAINT "PK_SpreadsheetRow" PRIMARY KEY ("SpreadsheetKey")
);


CREATE TABLE "WorkspaceRow" (
    "WorkspaceId" uuid NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_WorkspaceRow" PRIMARY KEY ("WorkspaceId")
);


CREATE INDEX "IX_AuditRow_CorrelationId" ON "AuditRow" ("CorrelationId");


CREATE INDEX "IX_AuditRow_TargetId" ON "AuditRow" ("TargetId");


CREATE INDEX "IX_AuditRow_WorkspaceId_Actor_Scope" ON "AuditRow" ("WorkspaceId", "Actor", "Scope");


CREATE INDEX "IX_AuditRow_WorkspaceId_IsAct_Number" ON "AuditRow" ("WorkspaceId", "IsAct", "Number");


CREATE INDEX "IX_AuditRow_WorkspaceId_Number" ON "AuditRow" ("WorkspaceId", "Number");


CREATE INDEX "IX_AuditRow_WorkspaceId_TargetKind_EventType_Action_Scope" ON "AuditRow" ("WorkspaceId", "TargetKind", "EventType", "Action", "Scope");


CREATE INDEX "IX_ConnectionRow_WorkspaceId" ON "ConnectionRow" ("WorkspaceId");


CREATE INDEX "IX_ExporterRow_WorkspaceId" ON "ExporterRow" ("WorkspaceId");


CREATE INDEX "IX_GoogleAccountRow_WorkspaceId" ON "GoogleAccountRow" ("WorkspaceId");


CREATE INDEX "IX_MemberRow_MemberId" ON "MemberRow" ("MemberId");


CREATE INDEX "IX_OwnershipRow_WorkspaceId_Inside" ON "OwnershipRow" ("WorkspaceId", "Inside");


CREATE INDEX "IX_RunRow_WorkspaceId_ExporterId_QueuedAt_RunId" ON "RunRow" ("WorkspaceId", "ExporterId", "QueuedAt", "RunId");


CREATE INDEX "IX_RunRow_WorkspaceId_QueuedAt" ON "RunRow" ("WorkspaceId", "QueuedAt");


CREATE INDEX "IX_RunRow_WorkspaceId_Scope_QueuedAt_RunId" ON "RunRow" ("WorkspaceId", "Scope", "QueuedAt", "RunId");


CREATE INDEX "IX_RunRow_WorkspaceId_Scope_Status_QueuedAt_RunId" ON "RunRow" ("WorkspaceId", "Scope", "Status", "QueuedAt", "RunId");


CREATE INDEX "IX_RunRow_WorkspaceId_SpreadsheetKey_QueuedAt_RunId" ON "RunRow" ("WorkspaceId", "SpreadsheetKey", "QueuedAt", "RunId");


CREATE INDEX "IX_RunRow_WorkspaceId_Status_QueuedAt_RunId" ON "RunRow" ("WorkspaceId", "Status", "QueuedAt", "RunId");


CREATE INDEX "IX_ScheduleRow_ExporterId" ON "ScheduleRow" ("ExporterId");


CREATE INDEX "IX_ScopeMemberRow_ConnectionId" ON "ScopeMemberRow" ("ConnectionId");


CREATE INDEX "IX_SpreadsheetRow_WorkspaceId" ON "SpreadsheetRow" ("WorkspaceId");


