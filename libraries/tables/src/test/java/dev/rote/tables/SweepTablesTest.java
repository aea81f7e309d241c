package dev.rote.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.Panel;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SweepTablesTest {
  private final HandStudy study = new HandStudy("one", 0);
  private final SweepTables tables = new SweepTables(study.sweep());

  private String csv(String name) throws IOException {
    StringBuilder csv = new StringBuilder();
    tables.write(name, study, new CsvRows(tables.table(name).columns(), csv));
    return csv.toString().replace("\r\n", "\n");
  }

  @Test
  void trials_whateverBecameOfThem_areRows() throws IOException {
    assertThat(csv("trials"))
        .isEqualTo(
            """
            trial,trial_id,epoch,repetition,state,outcome,diverged_at_epoch,epochs,steps,parameters,training_seconds,seed,variant_id,backend
            0,t-one,'=1+1,0,done,converged,,1,12,7,1.5,3,v,by hand
            1,,late,1,failed,,,,,,,,,
            """);
  }

  @Test
  void epochs_haveARowForEachPartThatHasExamples() throws IOException {
    assertThat(csv("epochs"))
        .isEqualTo(
            """
            trial,trial_id,axis_epoch,repetition,epoch,steps,learning_rate,split,part,examples,accuracy,loss
            0,t-one,'=1+1,0,1,12,0.1,training,all,10,0.5,0.25
            0,t-one,'=1+1,0,1,12,0.1,training,clean,10,0.5,0.25
            0,t-one,'=1+1,0,1,12,0.1,validation,all,4,0.75,
            """);
  }

  @Test
  void examples_haveARowForEachEpochOfATrace() throws IOException {
    assertThat(csv("examples"))
        .isEqualTo(
            """
            trial,trial_id,axis_epoch,repetition,epoch,source_index,label,source_label,margin,loss,prediction,presented_margin,presented_loss,presented_prediction
            0,t-one,'=1+1,0,0,40,3,3,-1.0,0.5,3,,,
            0,t-one,'=1+1,0,0,41,4,9,2.0,0.0,4,,,
            0,t-one,'=1+1,0,1,40,3,3,1.0,0.25,3,-2.0,4.0,8
            0,t-one,'=1+1,0,1,41,4,9,,,,3.0,0.125,4
            """);
  }

  @Test
  void scores_haveARowForEachExampleAndScore() throws IOException {
    assertThat(csv("scores"))
        .isEqualTo(
            """
            trial,trial_id,axis_epoch,repetition,measurement,epoch,source_index,label,source_label,input_replaced,corrupted,prediction,score,value,censored,suspect
            0,t-one,'=1+1,0,errors,1,40,3,,,true,,loss,0.5,false,high
            0,t-one,'=1+1,0,errors,1,40,3,,,true,,error,0.0,false,high
            0,t-one,'=1+1,0,errors,1,41,4,,,false,,loss,2.0,false,high
            0,t-one,'=1+1,0,errors,1,41,4,,,false,,error,1.0,false,high
            0,t-one,'=1+1,0,traced,1,40,3,3,true,true,8,forgetting,1.0,false,high
            0,t-one,'=1+1,0,traced,1,41,4,9,false,true,,forgetting,,true,high
            """);
  }

  @Test
  void measurements_haveARowForEachSingleNumber() throws IOException {
    assertThat(csv("measurements"))
        .isEqualTo(
            """
            trial,trial_id,axis_epoch,repetition,measurement,kind,epoch,quantity,value
            0,t-one,'=1+1,0,errors,exampleErrors,1,examples,2.0
            """);
  }

  private String csv(String name, Report report) throws IOException {
    StringBuilder csv = new StringBuilder();
    tables.write(name, report, new CsvRows(tables.table(name).columns(), csv));
    return csv.toString().replace("\r\n", "\n");
  }

  @Test
  void figures_haveARowForEachPointAndColour() throws IOException {
    Panel lines =
        Panel.newBuilder()
            .setTitle("left")
            .addMetrics("accuracy")
            .addSeries(
                Series.newBuilder()
                    .setName("real")
                    .addX(1)
                    .addY(0.5)
                    .addLow(0.25)
                    .addHigh(0.75)
                    .addRepetitions(2)
                    .addDiverged(1))
            .build();
    Panel colours =
        Panel.newBuilder()
            .setHeatMap(
                HeatMap.newBuilder()
                    .addRows("r")
                    .addColumns("a")
                    .addColumns("b")
                    .addValues(1)
                    .addValues(2)
                    .setRepetitions(3))
            .build();
    Report report =
        Report.newBuilder()
            .addFigures(Figure.newBuilder().setName("f").addPanels(lines).addPanels(colours))
            .build();
    assertThat(csv("figures", report))
        .isEqualTo(
            """
            figure,panel,panel_title,series,metric,x,x_low,x_high,row,column,mean,low,high,repetitions,censored,diverged
            f,1,left,real,accuracy,1.0,,,,,0.5,0.25,0.75,2,,1
            f,2,,,,,,,r,a,1.0,,,3,,
            f,2,,,,,,,r,b,2.0,,,3,,
            """);
  }

  @Test
  void claims_haveTheirVerdict() throws IOException {
    Figure.Builder figure = Figure.newBuilder().setName("f");
    figure.addVerdicts(
        Verdict.newBuilder()
            .setClaim("it learns")
            .setStatisticName("mean")
            .setStatistic(0.9)
            .setComparison("above")
            .setThreshold(0.5)
            .setHolds(true));
    figure.addVerdicts(
        Verdict.newBuilder()
            .setClaim("it forgets, too")
            .setStatistic(Double.NaN)
            .setComparison("below")
            .setUndecided("no trial"));
    assertThat(csv("claims", Report.newBuilder().addFigures(figure).build()))
        .isEqualTo(
            """
            figure,claim,verdict,statistic_name,statistic,comparison,threshold,undecided
            f,it learns,holds,mean,0.9,above,0.5,
            f,"it forgets, too",undecided,,,below,0.0,no trial
            """);
  }

  @Test
  void names_areThoseOfAllTables() {
    for (String name : SweepTables.names()) {
      assertThat(tables.table(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> tables.table("users"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("users");
  }
}
