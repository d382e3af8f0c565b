using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CountingKit.Adapters.Database.PostgresMigrations
{
    /// <inheritdoc />
    public partial class WorkLanes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "LastFailedAt",
                schema: "countingkit",
                table: "Work",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastFailure",
                schema: "countingkit",
                table: "Work",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Subject",
                schema: "countingkit",
                table: "Work",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "WaitsFor",
                schema: "countingkit",
                table: "Work",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "Wakes",
                schema: "countingkit",
                table: "Work",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Work_WaitsFor",
                schema: "countingkit",
                table: "Work",
                column: "WaitsFor");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Work_WaitsFor",
                schema: "countingkit",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "LastFailedAt",
                schema: "countingkit",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "LastFailure",
                schema: "countingkit",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "Subject",
                schema: "countingkit",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "WaitsFor",
                schema: "countingkit",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "Wakes",
                schema: "countingkit",
                table: "Work");
        }
    }
}
