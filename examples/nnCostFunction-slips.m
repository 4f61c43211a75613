% The same with slips: transposes at the wrong factors, a bias unit that is kept, the other layer's weights.

function [J, grad] = nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda)
  Theta1 = reshape(nn_params(1:hidden_layer_size * (input_layer_size + 1)), hidden_layer_size, input_layer_size + 1);
  Theta2 = reshape(nn_params(hidden_layer_size * (input_layer_size + 1) + 1:end), num_labels, hidden_layer_size + 1);
  m = size(X, 1);
  Y = eye(num_labels)(y, :);

  % forward
  a1 = [ones(m, 1) X];
  z2 = a1 * Theta1';
  a2 = [ones(m, 1) sigmoid(z2)];
  z3 = a2 * Theta2';
  a3 = sigmoid(z3);  % (m, num_labels)

  J = -sum(sum(Y .* log(a3) + (1 - Y) .* log(1 - a3'))) / m;  % slip
  J += lambda / (2 * m) * (sum(sum(Theta1(:, 2:end) .* Theta2(:, 2:end))));  % slip

  % backward
  delta3 = a3 - Y;
  delta2 = delta3 * Theta2(:, 2:end) .* sigmoidGradient(z2);
  Theta1_grad = delta2' * a1 / m;
  Theta2_grad = delta3 * a2' / m;  % slip
  Theta1_grad(:, 2:end) = Theta1_grad(:, 2:end) + (lambda / m) * Theta1;  % slip
  Theta2_grad += (lambda / m) * [zeros(num_labels, 1); Theta2(:, 2:end)];  % slip
  grad = [Theta1_grad(:); Theta2_grad(:)];
end

function p = predict(Theta1, Theta2, X)
  m = size(X, 1);
  h1 = sigmoid([ones(m, 1) X] * Theta1');
  h2 = sigmoid([ones(m, 1) h1] * Theta2');
  [~, p] = max(h2, [], 2);
end

function g = sigmoid(z)
  g = 1 ./ (1 + exp(-z));
end

function g = sigmoidGradient(z)
  g = sigmoid(z) .* (1 - sigmoid(z));
end
