CREATE TABLE "AuditActRow" (
    "CorrelationId" TEXT NOT NULL CONSTRAINT "PK_AuditActRow" PRIMARY KEY
);


CREATE TABLE "AuditAspectRow" (
    "TargetId" TEXT NOT NULL,
    "Aspect" TEXT NOT NULL,
    "Json" TEXT NOT NULL,
    CONSTRAINT "PK_AuditAspectRow" PRIMARY KEY ("TargetId", "Aspect")
);


CREATE TABLE "AuditCountRow" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AuditCountRow" PRIMARY KEY,
    "Lines" INTEGER NOT NULL
);


CREATE TABLE "AuditRow" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_AuditRow" PRIMARY KEY,
    "EventId" TEXT NOT NULL,
    "WorkspaceId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "MemberId" TEXT NULL,
    "Action" TEXT NOT NULL,
    "EventType" TEXT NOT NULL,
    "TargetKind" TEXT NOT NULL,
    "TargetId" TEXT NOT NULL,
    "TargetName" TEXT NOT NULL,
    "Connections" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "CorrelationId" TEXT NOT NULL,
    "IsAct" INTEGER NOT NULL,
    "CommandId" TEXT NOT NULL,
    "Stream" TEXT NOT NULL,
    "Revision" INTEGER NOT NULL,
    "Before" TEXT NULL,
    "After" TEXT NOT NULL
);


CREATE TABLE "AuditTargetRow" (
    "Kind" TEXT NOT NULL,
    "Id" TEXT NOT NULL,
    "WorkspaceId" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "PK_AuditTargetRow" PRIMARY KEY ("Kind", "Id")
);


CREATE TABLE "ConnectionOrganizationRow" (
    "ConnectionId" TEXT NOT NULL CONSTRAINT "PK_ConnectionOrganizationRow" PRIMARY KEY,
    "LegalName" TEXT NULL,
    "CountryCode" TEXT NULL,
    "BaseCurrency" TEXT NULL,
    "FinancialYearEndDay" INTEGER NULL,
    "FinancialYearEndMonth" INTEGER NULL,
    "TimeZone" TEXT NULL,
    "ShortCode" TEXT NULL,
    "IsDemo" INTEGER NOT NULL
);


CREATE TABLE "ConnectionRow" (
    "ConnectionId" TEXT NOT NULL CONSTRAINT "PK_ConnectionRow" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "TenantId" TEXT NOT NULL,
    "OrganizationName" TEXT NOT NULL,
    "Alias" TEXT NULL,
    "ClientCode" TEXT NULL,
    "Tags" TEXT NOT NULL,
    "LabelsVersion" INTEGER NOT NULL,
    "Status" INTEGER NOT NULL,
    "TroubleCode" TEXT NULL,
    "IsPaused" INTEGER NOT NULL,
    "ConnectedAt" TEXT NOT NULL,
    "ConnectedBy" TEXT NOT NULL,
    "ReconnectedAt" TEXT NULL,
    "ReconnectedBy" TEXT NULL,
    "DisconnectedAt" TEXT NULL
);


CREATE TABLE "ConnectionTimelineRow" (
    "ConnectionId" TEXT NOT NULL,
    "Revision" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Code" TEXT NULL,
    CONSTRAINT "PK_ConnectionTimelineRow" PRIMARY KEY ("ConnectionId", "Revision")
);


CREATE TABLE "ExporterRow" (
    "ExporterId" TEXT NOT NULL CONSTRAINT "PK_ExporterRow" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Dataset" TEXT NOT NULL,
    "Connections" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "SpreadsheetKey" TEXT NOT NULL,
    "SpreadsheetId" TEXT NOT NULL,
    "TabTitle" TEXT NOT NULL,
    "LastWrite" TEXT NULL,
    "WrittenTab" TEXT NULL,
    "TakenTab" TEXT NULL,
    "SheetId" INTEGER NULL,
    "ConfigurationVersion" INTEGER NOT NULL,
    "Configuration" TEXT NOT NULL,
    "IsPaused" INTEGER NOT NULL,
    "DeletedAt" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "ActiveRunId" TEXT NULL,
    "ActiveStatus" INTEGER NULL,
    "LastRunId" TEXT NULL,
    "LastOwnRunId" TEXT NULL,
    "LastStatus" INTEGER NULL,
    "LastWarned" INTEGER NOT NULL,
    "LastLookCode" TEXT NULL,
    "WrittenAt" TEXT NULL,
    "ReplayedAt" TEXT NULL,
    "ReplayedBy" TEXT NULL,
    "Rows" INTEGER NULL
);


CREATE TABLE "GoogleAccountRow" (
    "AccountId" TEXT NOT NULL CONSTRAINT "PK_GoogleAccountRow" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Scopes" TEXT NOT NULL,
    "ConnectedAt" TEXT NOT NULL,
    "IsExpired" INTEGER NOT NULL,
    "DisconnectedAt" TEXT NULL
);


CREATE TABLE "MemberRow" (
    "WorkspaceId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Role" INTEGER NOT NULL,
    "Connections" TEXT NULL,
    "Since" TEXT NOT NULL,
    CONSTRAINT "PK_MemberRow" PRIMARY KEY ("WorkspaceId", "MemberId")
);


CREATE TABLE "OwnershipRow" (
    "Kind" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "WorkspaceId" TEXT NOT NULL,
    "Connections" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "Inside" TEXT NULL,
    CONSTRAINT "PK_OwnershipRow" PRIMARY KEY ("Kind", "Id")
);


CREATE TABLE "ReadCheckpointRow" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ReadCheckpointRow" PRIMARY KEY AUTOINCREMENT,
    "Build" TEXT NOT NULL,
    "Position" TEXT NULL,
    "EventId" TEXT NULL,
    "IsComplete" INTEGER NOT NULL
);


CREATE TABLE "RunRow" (
    "RunId" TEXT NOT NULL CONSTRAINT "PK_RunRow" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "ExporterId" TEXT NOT NULL,
    "ExporterName" TEXT NOT NULL,
    "Connections" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "Trigger" INTEGER NOT NULL,
    "Actor" TEXT NOT NULL,
    "Schedule" TEXT NULL,
    "Status" INTEGER NOT NULL,
    "Step" TEXT NULL,
    "QueuedAt" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "WaitsUntil" TEXT NULL,
    "CancelRequested" INTEGER NOT NULL,
    "ReplayOf" TEXT NULL,
    "DataAt" TEXT NULL,
    "SpreadsheetKey" TEXT NOT NULL,
    "SpreadsheetId" TEXT NOT NULL,
    "TabTitle" TEXT NOT NULL,
    "IsBeside" INTEGER NOT NULL,
    "WantedTab" TEXT NULL,
    "TakenTab" TEXT NULL,
    "SheetId" INTEGER NULL,
    "ContentHash" TEXT NULL,
    "Rows" INTEGER NULL,
    "RowsSent" INTEGER NULL,
    "LeftOut" INTEGER NULL,
    "Added" INTEGER NULL,
    "Changed" INTEGER NULL,
    "Removed" INTEGER NULL,
    "XeroCalls" INTEGER NOT NULL,
    "GoogleCalls" INTEGER NOT NULL,
    "Milliseconds" INTEGER NULL,
    "Code" TEXT NULL,
    "Message" TEXT NULL,
    "SheetUntouched" INTEGER NOT NULL,
    "SheetHeldSince" TEXT NULL,
    "Warnings" TEXT NULL,
    "Snapshot" TEXT NULL
);


CREATE TABLE "ScheduleRow" (
    "ScheduleId" TEXT NOT NULL CONSTRAINT "PK_ScheduleRow" PRIMARY KEY,
    "ExporterId" TEXT NOT NULL,
    "Definition" TEXT NOT NULL,
    "IsPaused" INTEGER NOT NULL,
    "AddedAt" TEXT NOT NULL
);


CREATE TABLE "ScopeMemberRow" (
    "Scope" TEXT NOT NULL,
    "ConnectionId" TEXT NOT NULL,
    CONSTRAINT "PK_ScopeMemberRow" PRIMARY KEY ("Scope", "ConnectionId")
);


CREATE TABLE "ScopeRow" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ScopeRow" PRIMARY KEY
);


CREATE TABLE "SetAsideRow" (
    "Projection" TEXT NOT NULL,
    "EventId" TEXT NOT NULL,
    "Stream" TEXT NOT NULL,
    "Revision" INTEGER NOT NULL,
    "EventType" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    CONSTRAINT "PK_SetAsideRow" PRIMARY KEY ("Projection", "EventId")
);


CREATE TABLE "SpreadsheetRow" (
    "SpreadsheetKey" TEXT NOT NULL CONSTRAINT "PK_SpreadsheetRow" PRIMARY KEY,
    "WorkspaceId" TEXT NOT NULL,
    "AccountId" TEXT NOT NULL,
    "SpreadsheetId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Created" INTEGER NOT NULL,
    "ConnectedAt" TEXT NOT NULL,
    "TestedAt" TEXT NULL,
    "TestCode" TEXT NULL
);


CREATE TABLE "WorkspaceRow" (
    "WorkspaceId" TEXT NOT NULL CONSTRAINT "PK_WorkspaceRow" PRIMARY KEY,
    "Name" TEXT NOT NULL
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


