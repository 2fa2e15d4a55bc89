// The field's well-known short names, as they are typed, and what they stand for.
"use strict";

const ACRONYMS = `
awq activation aware weight quantization|bpe byte pair encoding|ce cross entropy|clip contrastive language image pretraining
cot chain of thought|cpt continued pretraining|ddim denoising diffusion implicit models|ddpm denoising diffusion probabilistic models
dit diffusion transformer|dpo direct preference optimization|ema exponential moving average|ffn feed forward network
fsdp fully sharded data parallel|gan generative adversarial network|gelu gaussian error linear unit|gnn graph neural network
gqa grouped query attention|grpo group relative policy optimization|icl in context learning|ift instruction fine tuning
kd knowledge distillation|kto kahneman tversky optimization|lm language model|llm large language model|lora low rank adaptation
lsh locality sensitive hashing|lstm long short term memory|mcts monte carlo tree search|mha multi head attention
mla multi head latent attention|mlm masked language modeling|mlp multi layer perceptron|moa mixture of agents
moe mixture of experts|mqa multi query attention|mtp multi token prediction|nas neural architecture search|ner named entity recognition
nlp natural language processing|nmt neural machine translation|ntp next token prediction|ocr optical character recognition
orpo odds ratio preference optimization|peft parameter efficient fine tuning|ppl perplexity|ppo proximal policy optimization
prm process reward model|ptq post training quantization|qa question answering|qat quantization aware training
rag retrieval augmented generation|rl reinforcement learning|rlaif reinforcement learning from ai feedback
rlhf reinforcement learning from human feedback|rlvr reinforcement learning with verifiable rewards|rm reward model
rnn recurrent neural network|rope rotary position embedding|sae sparse autoencoder|sdpa scaled dot product attention
sft supervised fine tuning|sgd stochastic gradient descent|slm small language model|ssl self supervised learning
ssm state space model|tp tensor parallelism|ttc test time compute|ttft time to first token|vae variational autoencoder
vit vision transformer|vlm vision language model|vqa visual question answering|zero zero redundancy optimizer
`.trim().split(/[|\n]/).map(entry => [entry.slice(0, entry.indexOf(" ")), entry.slice(entry.indexOf(" ") + 1)]);
