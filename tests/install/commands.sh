cmake -B build
cmake --build build
terrace run mini --set run.replicates=2 -o results/tpa
build/outside build/pension.yaml results/pension
terrace compare results/tpa results/pension --indicators headcount_ratio,mean_income,public_delivered
