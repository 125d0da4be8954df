// Charts from data: <div data-chart="id of a json_script">. The same figures stand in a table below for who cannot see them.
// Tooltips are drawn, not HTML: ECharts writes style attributes into HTML, which the content policy refuses.
(() => {
  "use strict";
  const COLOURS = ["#0b5c86", "#c06a12", "#1a7440", "#7a4fa3", "#b42323", "#0d6b62", "#8a5a00", "#56616f"];
  const DARK = ["#5fb3df", "#f0a36b", "#6ccf93", "#c5a3e8", "#f48a8a", "#6fd0c4", "#e8c15a", "#a9b4c0"];
  const drawn = new Map();

  function option(chart, dark) {
    if (chart.option) return chart.option;
    const text = dark ? "#d5dde5" : "#39434f";
    const line = dark ? "#3a444e" : "#dde3e9";
    const unit = chart.unit ? ` ${chart.unit}` : "";
    const base = {
      color: dark ? DARK : COLOURS,
      aria: { enabled: true, decal: { show: chart.series.length > 1 }, label: { description: chart.title } },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
      animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400,
      tooltip: { trigger: "axis", confine: true, renderMode: "richText", valueFormatter: (v) => `${v ?? "—"}${unit}` },
      legend: chart.series.length > 1 ? { top: 0, textStyle: { color: text } } : undefined,
      grid: { left: 8, right: 20, top: chart.series.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
    };
    if (chart.kind === "pie") {
      return { ...base, tooltip: { trigger: "item", confine: true, renderMode: "richText", valueFormatter: base.tooltip.valueFormatter },
        legend: { bottom: 0, textStyle: { color: text } },
        series: [{ type: "pie", radius: ["45%", "70%"], center: ["50%", "45%"], label: { color: text },
          data: chart.labels.map((name, i) => ({ name, value: chart.series[0].data[i] })) }] };
    }
    if (chart.kind === "radar") {
      const most = chart.most ?? chart.labels.map((_, i) => Math.max(1, ...chart.series.map((s) => s.data[i] ?? 0)));
      return { ...base, tooltip: { confine: true, renderMode: "richText" },
        radar: { radius: "65%", axisName: { color: text }, indicator: chart.labels.map((name, i) => ({ name, max: most[i] })) },
        series: [{ type: "radar", areaStyle: { opacity: 0.2 }, data: chart.series.map((s) => ({ name: s.name, value: s.data })) }] };
    }
    const names = { type: "category", data: chart.labels, axisLabel: { color: text }, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } };
    const values = { type: "value", axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } };
    if (chart.kind === "step") {
      // A value holds from its day until the next one; null breaks the line.
      return { ...base, xAxis: { ...names, type: "time", data: undefined }, yAxis: { ...values, scale: true },
        series: chart.series.map((s) => ({ name: s.name, type: "line", step: "end", symbolSize: 7, data: s.data.map((v, i) => [chart.labels[i], v]) })) };
    }
    const flat = chart.kind === "hbar" || chart.kind === "hstack";
    const stacked = chart.kind === "stack" || chart.kind === "hstack";
    return { ...base,
      xAxis: flat ? values : names,
      yAxis: flat ? { ...names, inverse: true } : values,
      series: chart.series.map((s) => ({ name: s.name, data: s.data, type: chart.kind === "line" ? "line" : "bar",
        stack: stacked ? "all" : undefined, barMaxWidth: 28, smooth: false,
        itemStyle: stacked ? {} : { borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] } })) };
  }

  function draw(box) {
    const data = document.getElementById(box.dataset.chart);
    if (!data || !window.echarts) return;
    drawn.get(box)?.dispose();
    const made = window.echarts.init(box, null, { renderer: "canvas" });
    made.setOption(option(JSON.parse(data.textContent), document.documentElement.dataset.bsTheme === "dark"));
    drawn.set(box, made);
  }
  const all = () => document.querySelectorAll("[data-chart]").forEach(draw);
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("jsy:theme", all);
  document.addEventListener("htmx:afterSettle", (event) => event.target.querySelectorAll?.("[data-chart]").forEach(draw));
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
  if (document.readyState !== "loading") all();
})();
